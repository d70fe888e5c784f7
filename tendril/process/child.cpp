#include <tendril/process/child.hpp>
#include <tendril/process/detail/orphans.hpp>
#include <tendril/process/reap.hpp>

#include <csignal>
#include <string>

#include <sys/syscall.h>
#include <unistd.h>

#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

namespace tendril::process {

struct child::state {
    using clock = std::chrono::steady_clock;

    state(io::executor on, spawned started, audience whom)
        : pidfd(on, started.pidfd.release()), pid(started.pid), reach(whom)
    {
    }

    /// True once it is over.
    bool look()
    {
        if (seen.over || !pidfd.is_open())
            return seen.over;
        if (sweep && has_ended(pidfd.native_handle()))
            ::kill(-pid, SIGKILL);
        seen = try_reap(pidfd.native_handle());
        if (seen.over)
            ended = clock::now();
        return seen.over;
    }

    void kill() noexcept
    {
        // The group first: while its leader is not reaped, the number cannot belong to anybody else.
        if (reach == audience::group)
            ::kill(-pid, SIGKILL);
        ::syscall(SYS_pidfd_send_signal, pidfd.native_handle(), SIGKILL, nullptr, 0);
    }

    void abandon()
    {
        if (pidfd.is_open() && !seen.over) {
            kill();
            detail::reap_soon(base::unique_fd(pidfd.release()));  // pending waits are aborted by release()
        }
        error_code ignored;  // Linux releases the descriptor whatever close(2) says
        static_cast<void>(pidfd.close(ignored));
    }

    struct wait_operation;

    asio::posix::stream_descriptor pidfd;
    pid_t pid;
    audience reach;
    reaping seen;
    bool sweep = false;
    clock::time_point born = clock::now();
    clock::time_point ended;
};

struct child::state::wait_operation {
    std::shared_ptr<state> of;

    template <typename Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        auto const kept = of;  // moving `self` moves `of` along
        if (kept->look())
            asio::post(kept->pidfd.get_executor(), [me = std::move(self)]() mutable { me(error_code{}); });
        else
            kept->pidfd.async_wait(asio::posix::descriptor_base::wait_read, std::move(self));
    }

    template <typename Self>
    void operator()(Self& self, error_code why)
    {
        auto const kept = of;
        if (kept->look())
            self.complete(kept->seen.lost, kept->seen.status);
        else if (why)
            self.complete(why, {});
        else  // a wake-up without an end: pidfds promise nothing else
            kept->pidfd.async_wait(asio::posix::descriptor_base::wait_read, std::move(self));
    }
};

child::child(io::executor on, spawned started, audience reach)
    : state_(std::make_shared<state>(std::move(on), std::move(started), reach))
{
}

child::child(child&&) noexcept = default;

child& child::operator=(child&& other) noexcept
{
    child const former(std::move(*this));
    state_ = std::move(other.state_);
    return *this;
}

child::~child()
{
    if (state_)
        state_->abandon();
}

pid_t child::pid() const noexcept
{
    return state_->pid;
}

std::optional<exit_status> child::ended() const noexcept
{
    if (!state_->seen.over || state_->seen.lost)
        return std::nullopt;
    return state_->seen.status;
}

std::optional<resource_usage> child::usage() const noexcept
{
    if (!state_->seen.over || state_->seen.lost)
        return std::nullopt;
    return state_->seen.usage;
}

std::chrono::nanoseconds child::wall_time() const noexcept
{
    return (state_->seen.over ? state_->ended : state::clock::now()) - state_->born;
}

void child::sweep_group_at_end() noexcept
{
    state_->sweep = true;
}

void child::start_wait(wait_handler handler)
{
    asio::async_compose<wait_handler, void(error_code, exit_status)>(state::wait_operation{state_}, handler,
                                                                     state_->pidfd);
}

result<void> child::signal(int number)
{
    auto const attempt = [&] {
        return "send signal " + std::to_string(number) + " to " + std::to_string(pid());
    };
    if (state_->look())
        return failure(make_error_code(boost::system::errc::no_such_process), attempt());
    if (::syscall(SYS_pidfd_send_signal, state_->pidfd.native_handle(), number, nullptr, 0) < 0)
        return os_failure(attempt());
    return {};
}

result<void> child::signal_group(int number)
{
    auto const attempt = [&] {
        return "send signal " + std::to_string(number) + " to group " + std::to_string(pid());
    };
    if (state_->seen.over)  // reaped: the number may be somebody else's by now
        return failure(make_error_code(boost::system::errc::no_such_process), attempt());
    if (::kill(-pid(), number) < 0)
        return os_failure(attempt());
    return {};
}

io::executor child::get_executor() const
{
    return state_->pidfd.get_executor();
}

std::expected<child, spawn_error> launch(io::executor on, command const& what)
{
    auto started = spawn(what);
    if (!started)
        return std::unexpected(std::move(started.error()));
    auto const reach = what.group == grouping::same ? audience::program : audience::group;
    return child(std::move(on), std::move(*started), reach);
}

}  // namespace tendril::process
