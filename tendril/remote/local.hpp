#pragma once

/// @file
/// Contexts on this machine: through a shell, as everywhere else, or started at once.
/// Layer: remote (base, io, process). Parity row K03.

#include <tendril/process/command.hpp>
#include <tendril/remote/carrier.hpp>
#include <tendril/remote/diagnostics.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tendril::remote {

/// How a shell of this machine is started.
struct local_options {
    std::string name = "local";                    ///< for errors: `local:NAME`
    std::vector<std::string> shell = {"/bin/sh"};  ///< a program and its first arguments; `-c LINE` is added
    process::environment environment = process::environment::inherit();
    std::optional<std::string> working_directory = {};
    line_handler on_line = {};  ///< gets what the far end says on its standard error
};

/// A way in that runs the line with a shell here. Its carrier kills the shell's process group when it goes.
[[nodiscard]] way_in local(local_options how);

/// How our own program is started once more.
struct direct_options {
    std::string program = "/proc/self/exe";  ///< need not be static
    std::string name;                        ///< argv[0] is `tendril:NAME`
    std::string word;                        ///< argv[1]
    process::environment environment = process::environment::inherit();
    line_handler on_line = {};  ///< gets what the program says on its standard error
    /// Sent to the program when the *thread* that started it ends. Without it, a program notices our end by
    /// that of its standard input.
    std::optional<int> parent_death_signal = {};
};

/// Starts @p how.program on a socket, without a shell and without a bootstrap: what comes out of the
/// carrier's stream is the program's from the first byte on. Errors: bad_option for a name or word that
/// is_plain_word() refuses; cannot_start.
[[nodiscard]] std::expected<std::unique_ptr<carrier>, connect_error> local_direct(io::executor on,
                                                                                  direct_options how);

}  // namespace tendril::remote
