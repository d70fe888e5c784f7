#include <tendril/process/reap.hpp>
#include <tendril/process/spawn.hpp>
#include <tendril/pty/audit.hpp>
#include <tendril/pty/detail/copy_loop.hpp>
#include <tendril/pty/detail/resize_watch.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/raw_terminal.hpp>
#include <tendril/pty/spawn.hpp>
#include <tendril/pty/termios.hpp>

#include <csignal>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tendril::pty {

namespace {

using process::spawn_error;
using process::step;

constexpr int patience_ms = 1000;  // between the hang-up and the kill, on the way out after a failure

/// Leaves no process behind when the copying fails or a callback throws. By then the master is closed, so the
/// program has its SIGHUP.
struct reap_guard {
    process::spawned program;

    ~reap_guard()
    {
        if (!program.pidfd)
            return;
        ::pollfd until_ended{program.pidfd.get(), POLLIN, 0};
        if (::poll(&until_ended, 1, patience_ms) <= 0)
            ::syscall(SYS_pidfd_send_signal, program.pidfd.get(), SIGKILL, nullptr, 0);
        process::reap_ended(program.pidfd.get());
    }
};

/// A terminal like ours: its size and its attributes, as far as one of our ends is one.
pair_options like(spawn_ends ends)
{
    pair_options options;
    for (int const end : {ends.output, ends.input})  // the later one counts
        if (auto const size = window_size_of(end); size)
            options.size = *size;
    if (auto const attributes = attributes_of(ends.input); attributes)
        options.attributes = *attributes;
    return options;
}

bool is_open(int fd) noexcept
{
    return ::fcntl(fd, F_GETFD) >= 0;
}

std::expected<process::spawned, spawn_error> start_on(int slave, std::span<std::string const> argv)
{
    auto what = process::command_of(argv);
    what.group = process::grouping::own_session;
    what.controlling_terminal = slave;
    what.descriptors = {{0, slave}, {1, slave}, {2, slave}};
    return process::spawn(what);
}

}  // namespace

std::expected<process::exit_status, spawn_error>
spawn(std::span<std::string const> argv, chunk_filter master_read, chunk_filter stdin_read, spawn_ends ends)
{
    if (argv.empty())
        return std::unexpected(process::make_spawn_error(
            step::find_program, make_error_code(boost::system::errc::invalid_argument), "nothing"));
    auto const refusal = [&](step at, error_code why) {
        return std::unexpected(process::make_spawn_error(at, why, argv.front()));
    };
    if (auto const refused = audit(argv); refused)
        return refusal(step::audit, refused);

    // Before we open anything: a closed standard descriptor's number would become one of ours.
    if (!is_open(ends.output))
        return refusal(step::descriptors, make_error_code(boost::system::errc::bad_file_descriptor));
    if (!is_open(ends.input))
        ends.input = -1;

    auto terminal = open(like(ends));
    if (!terminal)
        return refusal(step::open_terminal, terminal.error().code);
    auto watch = detail::resize_watch::start();
    if (!watch)
        return refusal(step::open_terminal, watch.error().code);
    auto started = start_on(terminal->slave.get(), argv);
    if (!started)
        return std::unexpected(std::move(started.error()));
    terminal->slave.reset();

    reap_guard guard{std::move(*started)};
    detail::copy_loop copying(std::move(terminal->master), guard.program, ends, std::move(master_read),
                              std::move(stdin_read));
    std::optional<raw_terminal> raw;
    if (::isatty(ends.input) == 1) {
        auto entered = raw_terminal::enter(ends.input);
        if (!entered)
            return refusal(step::open_terminal, entered.error().code);
        raw.emplace(std::move(*entered));
    }
    auto status = copying.run(*watch);
    if (!status)
        return refusal(step::run_program, status.error().code);
    return *status;
}

}  // namespace tendril::pty
