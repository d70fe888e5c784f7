#pragma once

/// @file
/// A process of this program that forks contexts: ready in the time of a fork rather than of a start.
/// Layer: remote (base, io, process). Design: docs/adr/0045-seeds.md; Spec: unix(7) SCM_RIGHTS; parity row
/// K02.

#include <tendril/process/child.hpp>
#include <tendril/remote/carrier.hpp>
#include <tendril/remote/diagnostics.hpp>

#include <expected>
#include <memory>
#include <string>

namespace tendril::remote {

/// The word by which a program knows that it is a seed: its argv[1].
inline constexpr std::string_view seed_word = "tendril-seed";

/// A single-threaded process that does nothing but fork when it is asked to. Because it has one thread, no
/// lock is held and no thread lost in what it forks, however many the asking program has.
///
/// Ownership: the destructor ends the seed, and with it all that it forked.
/// Threads:   one object belongs to one strand.
class seed {
public:
    /// Starts @p program, which calls tendril::main. Errors: cannot_start.
    [[nodiscard]] static std::expected<std::unique_ptr<seed>, connect_error> start(io::executor on,
                                                                                   std::string program);

    seed(seed const&) = delete;
    seed& operator=(seed const&) = delete;
    ~seed();

    /// Forks a context called @p name: what comes out of its stream is its own from the first byte on. Waits
    /// for the fork, some 0.1 ms. Errors: cannot_start, with the reason; bad_option for a name that is not
    /// plain.
    [[nodiscard]] std::expected<std::unique_ptr<carrier>, connect_error> fork(std::string const& name,
                                                                              line_handler on_line);

private:
    seed(io::executor on, process::child program, base::unique_fd socket);

    io::executor on_;
    base::unique_fd socket_;
    process::child program_;
};

/// What a program wants to do in each context that is forked, before it serves.
struct fork_hooks {
    void (*on_fork)() = nullptr;   ///< first of all, with the seed's descriptors still open
    void (*on_start)() = nullptr;  ///< when descriptors and signals are as in a fresh process
};

/// Serves as a seed on standard input until the program that started it ends. Returns the exit status of the
/// seed, or of a context that it forked.
[[nodiscard]] int serve_as_seed(fork_hooks hooks);

}  // namespace tendril::remote
