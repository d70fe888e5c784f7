#pragma once

/// @file
/// What a dialogue waits for. Pure: no descriptors, no clock, no Asio.
/// Layer: expect (base). Spec: pcre2pattern(3).

#include <tendril/base/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::expect {

namespace detail {
struct stream_form;
}

/// What a search found.
enum class verdict {
    no_match,  ///< nothing in the text matches
    match,     ///< [begin, end) matched
    partial,   ///< [begin, end of the text) may become a match with what follows; of find_in_part() only
    gave_up,   ///< the expression used up its budget on this text: a hostile pattern or a hostile text
};

/// Whether a text is all there is.
enum class part { last, more_follows };

/// Byte offsets into the text that was searched.
struct scan {
    verdict what = verdict::no_match;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<std::string> groups;  ///< the capture groups from 1 on; an unset group is empty

    bool operator==(scan const&) const = default;
};

/// A compiled pattern: UTF-8 aware where the text is UTF-8, bytes elsewhere.
///
/// Cheap to copy (shared, immutable); distinct searches may run on several threads.
class pattern {
public:
    /// What a pattern stands for.
    enum class kind {
        text,     ///< bytes, verbatim
        regex,    ///< a regular expression
        end,      ///< the end of the output, as an alternative among others
        timeout,  ///< the deadline of the expectation, as an alternative among others
    };

    /// Matches @p text verbatim, whatever its bytes.
    /// Errors: invalid_argument when it is empty.
    [[nodiscard]] static result<pattern> exact(std::string text);

    /// Matches a Perl-compatible regular expression. `^` and `$` match at every line; CR, LF and CR LF each
    /// end one, and `.` matches neither of them.
    /// Errors: invalid_argument, with the compiler's reason and position, when it does not compile.
    [[nodiscard]] static result<pattern> regex(std::string_view expression);

    /// Matches when the output has ended, as pexpect's EOF.
    [[nodiscard]] static pattern end();

    /// Matches when the expectation's deadline has come, as pexpect's TIMEOUT.
    [[nodiscard]] static pattern timeout();

    [[nodiscard]] kind what() const noexcept;

    /// True when it can be looked for in a stream, in linear time: all but expressions with back-references,
    /// look-around, recursion and the like, or whose repetitions are too long (ADR 0019).
    [[nodiscard]] bool is_linear() const noexcept;

    /// Looks for the leftmost match in all of @p text at or after @p from; look-behind sees the text before.
    ///
    /// Total: any bytes are allowed. Cost: bounded by a match limit, then verdict::gave_up.
    [[nodiscard]] scan find(std::string_view text, std::size_t from = 0) const;

    /// As find(), of an expression, in a text of which more may follow. A match that could go on there is a
    /// partial one; an empty match is none. Groups are left out.
    [[nodiscard]] scan find_in_part(std::string_view text, std::size_t from, part which) const;

    /// The capture groups of a match that is known to be [begin, end) of @p text, from 1 on; all of them
    /// empty when the expression used up its budget.
    [[nodiscard]] std::vector<std::string> groups(std::string_view text, std::size_t begin,
                                                  std::size_t end) const;

    /// The source form, for messages.
    [[nodiscard]] std::string const& source() const noexcept;

    /// For the search in a stream; null when is_linear() is false.
    [[nodiscard]] std::shared_ptr<detail::stream_form const> const& stream_form() const noexcept;

private:
    struct program;
    explicit pattern(std::shared_ptr<program const> compiled) noexcept;
    std::shared_ptr<program const> compiled_;
};

}  // namespace tendril::expect
