#pragma once

/// @file
/// Takes what must not be kept out of a program's output. Pure. Layer: expect (base). Design:
/// docs/guide/run.md.

#include <tendril/base/error.hpp>
#include <tendril/expect/pattern.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace tendril::expect {

/// Replaces matches in a stream, however it is cut: what may be the beginning of one waits until it is known.
///
/// It fails closed: what could not be decided (an expression that gives up, a beginning that goes on for more
/// than longest_undecided bytes) is replaced as well.
///
/// Errors: none while it works; any bytes are allowed. Memory: bounded. Cost: PCRE2's, some nanoseconds a
/// byte for texts.
class redactor {
public:
    static constexpr std::size_t longest_undecided = 4096;
    static constexpr std::string_view usual_mark = "[redacted]";

    /// Takes out @p texts, verbatim, and what @p expressions match; an empty match is none. @p mark stands in
    /// for each. Errors: invalid_argument for an empty text, for nothing at all, and as pattern::regex.
    [[nodiscard]] static result<redactor> make(std::span<std::string const> texts,
                                               std::span<std::string const> expressions,
                                               std::string_view mark = usual_mark);

    /// Appends to @p to what of @p bytes, and of what waited, is known by now.
    void push(std::string_view bytes, std::string& to);

    /// Says that there is no more: what waits is decided and appended.
    void finish(std::string& to);

    /// A text of its own, redacted.
    [[nodiscard]] std::string redacted(std::string_view text) const;

private:
    redactor(pattern what, std::string_view mark) : what_(std::move(what)), mark_(mark) {}

    void decide(bool is_end, std::string& to);

    pattern what_;
    std::string mark_;
    std::string text_;      // what look-behind may see, then what waits
    std::size_t done_ = 0;  // where the latter begins
};

}  // namespace tendril::expect
