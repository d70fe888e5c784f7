#pragma once

/// @file
/// What a program says on its standard error, line by line. Layer: remote (base, io). Parity rows K01 and
/// K03.

#include <tendril/base/unique_fd.hpp>
#include <tendril/io/executor.hpp>
#include <tendril/remote/carrier.hpp>

#include <memory>
#include <string>

namespace tendril::remote {

/// Reads a descriptor to its end, hands each line on and keeps the last ones for an error.
///
/// Ownership: owns the descriptor; the destructor closes it, and no line is handed on after it.
/// Pressure:  a handler that takes long makes the program wait; nothing but the last lines is kept.
/// Threads:   one object belongs to one strand.
class diagnostics {
public:
    /// Starts reading @p from. @p on_line may be empty.
    diagnostics(io::executor on, base::unique_fd from, line_handler on_line);
    diagnostics(diagnostics const&) = delete;
    diagnostics& operator=(diagnostics const&) = delete;
    ~diagnostics();

    /// Gives each further line to @p told, too.
    void also_tell(line_handler told);

    /// The last lines, some 20; whatever can be read at this moment is read, and handed on, before.
    [[nodiscard]] std::string last_lines();

private:
    struct state;

    std::shared_ptr<state> state_;  // shared with the read in flight
};

}  // namespace tendril::remote
