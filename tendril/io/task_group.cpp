#include <tendril/io/task_group.hpp>

#include <cassert>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::io {

namespace {

bool is_cancellation(std::exception_ptr const& why)
{
    try {
        std::rethrow_exception(why);
    } catch (boost::system::system_error const& failed) {
        return failed.code() == asio::error::operation_aborted;
    } catch (std::exception const&) {
        return false;
    }
}

}  // namespace

task_group::task_group(executor on) : on_(std::move(on)), empty_(on_, asio::steady_timer::time_point::max())
{
}

task_group::~task_group()
{
    assert(running_.empty() && "join() a task group before it goes");
}

void task_group::spawn(asio::awaitable<void> task)
{
    auto const which = running_.emplace(running_.end());
    asio::co_spawn(on_, std::move(task),
                   asio::bind_cancellation_slot(which->cancel.slot(), [this, which](std::exception_ptr why) {
                       finish(which, std::move(why));
                   }));
}

void task_group::cancel()
{
    // A cancelled task may finish at once and leave the list: the next one is found before that.
    for (auto at = running_.begin(); at != running_.end();) {
        auto const which = at++;
        which->cancel.emit(asio::cancellation_type::terminal);
    }
}

asio::awaitable<void> task_group::join()
{
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    while (!running_.empty())
        co_await empty_.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    if (first_failure_)
        std::rethrow_exception(std::exchange(first_failure_, nullptr));
}

void task_group::finish(std::list<running>::iterator which, std::exception_ptr why)
{
    running_.erase(which);
    if (why && !is_cancellation(why)) {
        if (!first_failure_)
            first_failure_ = std::move(why);
        cancel();
    }
    if (running_.empty())
        empty_.cancel();
}

}  // namespace tendril::io
