#pragma once

/// @file
/// The two ways to control a program on a terminal: as our own child, or through its monitor.
/// Layer: pty (base, io, process).

#include <tendril/base/unique_fd.hpp>
#include <tendril/pty/program.hpp>

#include <memory>

namespace tendril::pty::detail {

/// What `program` forwards to.
struct controlled_program {
    controlled_program() = default;
    controlled_program(controlled_program const&) = delete;
    controlled_program& operator=(controlled_program const&) = delete;
    virtual ~controlled_program() = default;

    [[nodiscard]] virtual pid_t pid() const noexcept = 0;
    virtual void start_wait(process::wait_handler handler) = 0;
    virtual void start_wait_stop(stop_handler handler) = 0;
    [[nodiscard]] virtual result<void> resume() = 0;
    [[nodiscard]] virtual result<void> signal(int number) = 0;
    [[nodiscard]] virtual result<void> signal_group(int number) = 0;
    virtual void sweep_group_at_end() = 0;
    [[nodiscard]] virtual std::optional<process::resource_usage> usage() const noexcept = 0;
    [[nodiscard]] virtual io::executor get_executor() const = 0;
};

/// A program that is our child and leads its terminal's session.
[[nodiscard]] std::unique_ptr<controlled_program> make_direct_program(process::child leader);

/// A program under @p monitor, which reports and takes orders on @p control.
[[nodiscard]] std::unique_ptr<controlled_program>
make_monitored_program(process::child monitor, pid_t program, base::unique_fd control);

}  // namespace tendril::pty::detail
