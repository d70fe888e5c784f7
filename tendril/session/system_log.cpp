#include <tendril/io/task_group.hpp>
#include <tendril/session/system_log.hpp>
#include <tendril/syslog/sender.hpp>

#include <exception>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::session {

struct system_log::line {
    line(io::executor executor, syslog::endpoint daemon, syslog::identity who)
        : on(std::move(executor)), to(on, std::move(daemon), std::move(who)),
          over(on, asio::steady_timer::time_point::max()), late(on)
    {
    }

    io::executor on;
    syslog::sender to;
    asio::steady_timer over;  // cancelled once there is nothing more to come
    asio::steady_timer late;
    bool gave_up = false;  // before everything had left

    static asio::awaitable<void> serve(std::shared_ptr<line> self);
};

asio::awaitable<void> system_log::line::serve(std::shared_ptr<line> self)
{
    constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
    io::task_group sending(self->on);
    sending.spawn(self->to.run());
    if (self->over.expiry() == asio::steady_timer::time_point::max())
        co_await self->over.async_wait(tuple);

    io::task_group draining(self->on);
    draining.spawn(self->to.drained());
    self->late.expires_after(patience);
    self->late.async_wait([&draining, &gave_up = self->gave_up](error_code why) {
        if (why)
            return;
        gave_up = true;
        draining.cancel();
    });
    co_await draining.join();
    self->late.cancel();
    sending.cancel();
    co_await sending.join();
}

system_log::system_log(io::executor on, syslog::endpoint to, syslog::identity who)
    : line_(std::make_shared<line>(on, std::move(to), std::move(who)))
{
    asio::co_spawn(on, line::serve(line_), [](std::exception_ptr) {});
}

system_log::~system_log()
{
    // Its expiry says so to a coroutine that has not begun.
    line_->over.expires_at(asio::steady_timer::time_point::min());
}

void system_log::output(moment, base::byte_view bytes)
{
    line_->to.output(bytes);
}

std::optional<std::string> system_log::problem() const
{
    auto const& to = line_->to;
    if (to.dropped_messages() == 0 && !line_->gave_up)
        return std::nullopt;
    auto const lost =
        to.dropped_messages() == 0 ? std::string("lines") : std::to_string(to.dropped_messages()) + " lines";
    return lost + " did not reach the daemon: " + (to.problem().empty() ? "it is too slow" : to.problem());
}

void system_log::resized(moment, pty::window_size) {}

void system_log::ended(moment, process::exit_status)
{
    line_->to.finish_line();
    line_->over.expires_at(asio::steady_timer::time_point::min());
}

}  // namespace tendril::session
