#pragma once

/// @file
/// A program and a dialogue with it for a script that has no event loop: every call waits.
/// Layer: session (base, process, term, expect). Spec: parity rows M10, X07 and X13.

#include <tendril/base/secret.hpp>
#include <tendril/expect/queue.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/session/dialogue.hpp>
#include <tendril/session/interact.hpp>
#include <tendril/session/session.hpp>

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

namespace tendril::session {

/// A running program that is asked one thing after the other, as with pexpect.
///
/// Ownership: owns the program, its terminal and an event loop that runs inside the calls only; expectations
/// that
///            were registered on the session fire there too.
/// Threads:   one object belongs to one thread.
class blocking_dialogue {
public:
    using duration = std::chrono::steady_clock::duration;

    /// As long as people wait for a program. pexpect's number.
    static constexpr duration patience = std::chrono::seconds(30);

    /// Starts a program on a terminal of 80x24, or of the size that @p how asks for.
    /// Errors: as session::start().
    [[nodiscard]] static result<blocking_dialogue> start(start_options how);

    blocking_dialogue(blocking_dialogue&&) noexcept;
    blocking_dialogue& operator=(blocking_dialogue&&) noexcept;
    ~blocking_dialogue();

    /// Waits for the first match of any of @p patterns. Errors: as dialogue::async_expect().
    [[nodiscard]] result<expect::match> expect(std::vector<expect::pattern> patterns,
                                               duration within = patience,
                                               expect::source from = expect::source::stream);

    /// Waits until no required expectation of the session is left. Errors: as session::async_await().
    [[nodiscard]] result<void> await(duration within = patience);

    /// Types @p line and Enter. Errors: as dialogue::send_line().
    [[nodiscard]] result<void> send_line(std::string_view line);

    /// Types a password and Enter, see type_secret().
    [[nodiscard]] result<void> send_secret(base::secret const& text);

    /// Gives the program to the person at descriptors 0 and 1 until the escape key is typed or the program
    /// ends. Errors: as interact().
    [[nodiscard]] result<turn_end> interact(turn_options how = {});

    /// Reads to the end of the output and waits for the program. Errors: timed_out; the program goes on then.
    [[nodiscard]] result<process::exit_status> wait(duration within = patience);

    /// Everything else: expectations, size, signals, the screen.
    [[nodiscard]] session& program() noexcept;

private:
    struct state;
    explicit blocking_dialogue(std::unique_ptr<state> started) noexcept;

    std::unique_ptr<state> state_;
};

}  // namespace tendril::session
