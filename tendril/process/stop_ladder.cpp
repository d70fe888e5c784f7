#include <tendril/process/stop_ladder.hpp>

#include <utility>

namespace tendril::process {

struct stop_ladder::state : std::enable_shared_from_this<state> {
    state(io::executor on, stop_policy steps, sender to)
        : timer(std::move(on)), policy(std::move(steps)), send(std::move(to))
    {
    }

    result<void> step()
    {
        if (next == policy.steps.size())
            return {};
        auto const& rung = policy.steps[next++];
        if (auto sent = send(rung.signal, policy.whom); !sent)
            return sent;
        if (next == policy.steps.size())
            return {};
        timer.expires_after(rung.patience);
        timer.async_wait([weak = weak_from_this()](error_code why) {
            auto const self = weak.lock();
            // A step that fails finds the program gone, and whoever waits for it knows.
            if (self && !why)
                static_cast<void>(self->step());
        });
        return {};
    }

    asio::steady_timer timer;
    stop_policy policy;
    sender send;
    std::size_t next = 0;
};

stop_ladder::stop_ladder(io::executor on, stop_policy policy, sender send)
    : state_(std::make_shared<state>(std::move(on), std::move(policy), std::move(send)))
{
}

stop_ladder::~stop_ladder() = default;

result<void> stop_ladder::start()
{
    return state_->step();
}

}  // namespace tendril::process
