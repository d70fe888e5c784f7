#pragma once

/// @file
/// One line in a program's main makes it serve as master and as context.
/// Layer: remote (base, io, rpc). Parity rows R01 and R22.

#include <tendril/remote/node.hpp>
#include <tendril/remote/seed.hpp>

#include <functional>
#include <optional>
#include <string>

namespace tendril {

/// What a program may say about its tree.
struct main_options {
    rpc::directions allowed = rpc::directions::up_and_down;
    std::size_t message_limit = 128UL * 1024 * 1024;                     ///< bytes
    std::chrono::milliseconds silence_limit = std::chrono::seconds(30);  ///< after which a neighbour is lost
    /// Which records come, from all contexts. TENDRIL_LOG_LEVEL (trace, debug, notice, warning, error)
    /// overrules it.
    rpc::log_level level = rpc::log_level::warning;
    /// Where they go; by default to standard error, or to the file that TENDRIL_LOG names. With
    /// TENDRIL_LOG_IO=1 each frame that the master reads or writes goes there too, its numbers without its
    /// data, whatever the level.
    rpc::log_sink log = {};
    /// A folder, which is made if need be: each context that ends writes what it counted and measured to
    /// `context-ID.json` there, on this machine. TENDRIL_PROFILE overrules it; empty: none does.
    std::string profile = {};
    std::chrono::milliseconds grace = std::chrono::seconds(5);  ///< for contexts to end in
    remote::fork_hooks hooks = {};  ///< what a context that is forked does before it serves
    /// Programs for far ends, a file or a folder; empty: this program, which must be static for them.
    std::string images = {};
};

/// Runs @p program as the master of a tree of its own, with the loop in a thread beside. All contexts have
/// ended when it returns, however @p program ends. For programs that have a main of their own:
/// serve_if_context() comes first there.
///
/// Returns what @p program does. Errors: the images cannot be read, or the folder for profiles not be made.
/// Throws what @p program throws, once all has ended.
[[nodiscard]] result<int> with_node(main_options options,
                                    std::function<int(remote::node& here)> const& program);

/// Serves in a process that was started as a context, and returns its exit status; does nothing in any other.
/// Threads: in main(), before there are any.
[[nodiscard]] std::optional<int> serve_if_context(int argc, char** argv, remote::fork_hooks hooks = {});

/// Both in one line. Runs @p program as the master of a tree of its own, with the loop in a thread beside; in
/// a process that was started as a context it serves, and @p program is not called. All contexts have ended
/// when it returns, however @p program ends.
///
/// Returns the exit status. Errors: what @p program throws, once all has ended.
[[nodiscard]] int main(int argc, char** argv, std::function<int(remote::node& here)> const& program,
                       main_options options = {});

}  // namespace tendril
