#pragma once

/// @file
/// What a dialogue waits for. Pure: no descriptors, no clock, no Asio.
/// Layer: expect (base). Spec: pcre2pattern(3), pcre2partial(3).

#include <tendril/base/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::expect {

/// What a search found.
enum class verdict {
    no_match,  ///< nothing in the text matches or can still start a match
    partial,   ///< the text from `begin` on could still become a match; look again when there is more
    match,     ///< [begin, end) matched
    gave_up,   ///< the expression used up its budget on this text: a hostile pattern or a hostile text
};

/// Byte offsets into the text that was searched.
struct scan {
    verdict what = verdict::no_match;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::vector<std::string> groups;  ///< the capture groups from 1 on; an unset group is empty

    bool operator==(scan const&) const = default;
};

/// Whether more text may follow the one that is searched.
enum class text_end {
    complete,  ///< this is all: a screen, the end of a stream
    open,      ///< more may come: a match that only lacks its end is reported as partial
};

/// A compiled pattern: leftmost match, UTF-8 aware where the text is UTF-8, bytes elsewhere.
///
/// Cheap to copy (shared, immutable); distinct searches may run on several threads.
class pattern {
public:
    /// Matches @p text verbatim.
    /// Errors: invalid_argument when it is empty.
    [[nodiscard]] static result<pattern> exact(std::string text);

    /// Matches a Perl-compatible regular expression; `^` and `$` match at every line.
    /// Errors: invalid_argument, with the compiler's reason and position, when it does not compile.
    [[nodiscard]] static result<pattern> regex(std::string_view expression);

    /// Looks for the leftmost match in @p text at or after @p from; look-behind sees the text before.
    ///
    /// Total: any bytes are allowed. Cost: bounded by a match limit, then verdict::gave_up.
    [[nodiscard]] scan find(std::string_view text, std::size_t from = 0,
                            text_end end = text_end::complete) const;

    /// How many bytes before a match the pattern may look at.
    [[nodiscard]] std::size_t look_behind_bytes() const noexcept;

    /// The source form, for messages.
    [[nodiscard]] std::string const& source() const noexcept;

private:
    struct program;
    [[nodiscard]] static result<pattern> compile(std::string source, std::uint32_t options);
    explicit pattern(std::shared_ptr<program const> compiled) noexcept;
    std::shared_ptr<program const> compiled_;
};

}  // namespace tendril::expect
