#pragma once

/// @file
/// What a program said, line by line, the last ones kept. Pure. Layer: remote (base).

#include <tendril/remote/carrier.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace tendril::remote::detail {

/// @p text fit for a terminal or a log: each control character but tab and newline, and each byte that is no
/// UTF-8, becomes `?`.
[[nodiscard]] std::string without_controls(std::string_view text);

/// Cuts a byte stream into lines. Bounded: 20 lines of at most 4 KiB are kept.
class last_lines {
public:
    explicit last_lines(line_handler on_line = {});

    /// Gives each further line to @p told, too.
    void also_tell(line_handler told);

    /// Takes what was said, at any cut.
    void add(std::string_view bytes);

    /// Takes the rest for a line: nothing follows.
    void finish();

    /// The last lines, without empty ones. Lifetime: until the next add() or finish().
    [[nodiscard]] std::deque<std::string> const& lines() const noexcept { return lines_; }

    /// The last 4 KiB of them and of what is unfinished, without controls, one below the other.
    [[nodiscard]] std::string text() const;

private:
    void end_line();

    line_handler on_line_;
    std::deque<std::string> lines_;
    std::string rest_;
};

}  // namespace tendril::remote::detail
