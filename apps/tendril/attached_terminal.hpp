#pragma once

/// @file
/// This terminal while it shows a hosted session. Layer: apps. Spec: docs/adr/0026.

#include <tendril/io/borrowed_stream.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/session/host_client.hpp>
#include <tendril/term/terminal.hpp>

#include <memory>
#include <optional>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace tendril::app {

/// Descriptors 0 and 1, in raw mode, on a session. What was on the screen goes to the terminal's history.
///
/// Threads: signal dispositions belong to the process: one object at a time.
class attached_terminal {
public:
    /// Takes the terminal over, which @p can do so much. Errors: the errno of what failed.
    [[nodiscard]] static result<attached_terminal> take(asio::io_context& on, session::host_client link,
                                                        term::client_abilities can);

    attached_terminal(attached_terminal&&) noexcept;
    attached_terminal& operator=(attached_terminal&&) noexcept;
    ~attached_terminal();

    /// Runs @p on until the program ends, which is its status, or the person detaches, which is none: with
    /// Ctrl-\ or by a signal that asks us to end.
    /// Errors: of a host that is gone or refuses us; of a terminal that is gone.
    [[nodiscard]] result<std::optional<process::exit_status>> run(asio::io_context& on);

    /// How many bytes of keys were dropped, because a megabyte of them waited for the program already. The
    /// bell rings at the first.
    [[nodiscard]] std::size_t lost_keys() const noexcept;

    /// Brings the terminal back to sane defaults and out of raw mode, the cursor on a line of its own.
    [[nodiscard]] result<void> give_back();

private:
    struct state;
    explicit attached_terminal(std::unique_ptr<state> taken) noexcept;

    std::unique_ptr<state> state_;
};

/// Where in @p keys the person detaches: at Ctrl-\, however the terminal spells that; npos when nowhere.
[[nodiscard]] std::size_t find_detach_key(std::string_view keys) noexcept;

}  // namespace tendril::app
