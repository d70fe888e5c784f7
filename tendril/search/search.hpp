#pragma once

/// @file
/// Finds text in a terminal's screen and history. Layer: search (base, term, expect). Spec: parity T13.

#include <tendril/base/error.hpp>
#include <tendril/expect/pattern.hpp>
#include <tendril/term/logical_line.hpp>
#include <tendril/term/terminal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::search {

/// Whether upper and lower case are the same letter; by Unicode's simple case folding.
enum class letter_case : std::uint8_t { told_apart, folded };

/// What is looked for. Cheap to copy; safe to use from several threads.
class query {
public:
    /// @p text verbatim. Errors: invalid_argument when it is empty.
    [[nodiscard]] static result<query> literal(std::string_view text,
                                               letter_case letters = letter_case::told_apart);

    /// A Perl-compatible expression; `^` and `$` match at the ends of lines as they were written.
    /// Errors: invalid_argument, with the compiler's reason, when it does not compile.
    [[nodiscard]] static result<query> regex(std::string_view expression,
                                             letter_case letters = letter_case::told_apart);

    [[nodiscard]] expect::pattern const& compiled() const noexcept { return compiled_; }

private:
    explicit query(expect::pattern compiled) noexcept : compiled_(std::move(compiled)) {}

    expect::pattern compiled_;
};

/// One place where the text stands: cells [begin, end), which may lie in different lines where text runs
/// through the margin. A match never spans two lines as they were written.
struct match {
    term::cell_place begin;
    term::cell_place end;  ///< one behind the last cell
    std::string text;
    std::vector<std::string> groups;  ///< the capture groups from 1 on

    bool operator==(match const&) const = default;
};

/// Which lines are searched, by absolute number, and when it is enough.
struct bounds {
    std::uint64_t first_line = 0;
    std::uint64_t end_line = ~std::uint64_t{0};
    std::size_t most = 10'000;  ///< matches
};

/// All matches, and whether these were all.
struct findings {
    std::vector<match> matches;  ///< from top to bottom
    bool is_complete = true;  ///< false: there may be more than `most`, or the expression gave up on a line
};

/// Looks through the lines that begin within @p where. An empty match is none.
[[nodiscard]] findings find_all(term::terminal const& in, query const& wanted, bounds const& where = {});

/// The first match that begins behind @p from, or, upwards, the last one before it. Cost: the lines between.
enum class direction : std::uint8_t { down, up };
[[nodiscard]] std::optional<match> find_next(term::terminal const& in, query const& wanted,
                                             term::cell_place from, direction which);

}  // namespace tendril::search
