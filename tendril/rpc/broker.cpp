#include <tendril/base/error.hpp>
#include <tendril/rpc/broker.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <csignal>
#include <mutex>
#include <thread>

#include <pthread.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::rpc {

struct broker::state {
    asio::io_context loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{loop.get_executor()};
    asio::steady_timer deadline{loop};
    keep_alive held;  // the last copy of it ends the loop
    bool is_ending = false;
    std::mutex joining;
    std::thread thread;

    void shut_down(std::chrono::milliseconds grace)
    {
        if (std::exchange(is_ending, true))
            return;
        deadline.expires_after(grace);
        deadline.async_wait([this](error_code why) {
            if (!why)
                loop.stop();
        });
        held.reset();
    }
};

broker::broker() : state_(std::make_shared<state>())
{
    auto* const raw = state_.get();
    state_->held = keep_alive(raw, [weak = std::weak_ptr(state_)](state* /*the same*/) {
        if (auto const ending = weak.lock())
            ending->loop.stop();
    });
    // Signals are for the thread that the program has for them.
    ::sigset_t all;
    ::sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    state_->thread = std::thread([raw] { raw->loop.run(); });
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

broker::~broker()
{
    shutdown();
    join();
}

io::executor broker::get_executor() const
{
    return state_->loop.get_executor();
}

void broker::defer(std::function<void()> task) const
{
    asio::post(state_->loop, std::move(task));
}

void broker::defer_sync(std::function<void()> const& task) const
{
    call_on_strand(get_executor(), task);
}

broker::keep_alive broker::hold()
{
    keep_alive given;
    defer_sync([&] { given = state_->held; });
    return given;
}

void broker::shutdown(std::chrono::milliseconds grace)
{
    defer([raw = state_.get(), grace] { raw->shut_down(grace); });
}

void broker::join()
{
    std::scoped_lock const lock(state_->joining);
    if (!state_->thread.joinable())
        return;
    state_->thread.join();
    state_->guard.reset();
    state_->loop.restart();  // who posted meanwhile and waits is not left alone
    state_->loop.poll();
    state_->loop.stop();
}

}  // namespace tendril::rpc
