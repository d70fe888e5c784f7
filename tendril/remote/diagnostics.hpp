#pragma once

/// @file
/// What a program says on its standard error, line by line. Layer: remote (base, io). Parity rows K01 and
/// K03.

#include <tendril/base/unique_fd.hpp>
#include <tendril/io/executor.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tendril::remote {

/// Gets each line as it comes, without its newline; one of more than 4 KiB comes in pieces.
using line_handler = std::function<void(std::string_view line)>;

/// Reads a descriptor to its end, hands each line on and keeps the last ones for an error.
///
/// Ownership: owns the descriptor; the destructor closes it, and no line is handed on after it.
/// Pressure:  a handler that takes long makes the program wait; nothing but the last 4 KiB is kept.
/// Threads:   one object belongs to one strand.
class diagnostics {
public:
    /// Starts reading @p from. @p on_line may be empty.
    diagnostics(io::executor on, base::unique_fd from, line_handler on_line);
    diagnostics(diagnostics const&) = delete;
    diagnostics& operator=(diagnostics const&) = delete;
    ~diagnostics();

    /// The last lines, at most 4 KiB; whatever can be read at this moment is read, and handed on, before.
    [[nodiscard]] std::string last_lines();

private:
    struct state;

    std::shared_ptr<state> state_;  // shared with the read in flight
};

}  // namespace tendril::remote
