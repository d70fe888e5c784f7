#include <tendril/rpc/detail/receiver_state.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <stdexcept>

namespace tendril::rpc {

receiver::receiver(router& via, receiver_options options)
    : state_(std::make_shared<detail::receiver_state>(via, std::move(options)))
{
    if (!state_->open())
        throw std::invalid_argument("the handle for a receiver is taken, or there are no more");
}

receiver& receiver::operator=(receiver&& other) noexcept
{
    receiver taken(std::move(other));
    state_.swap(taken.state_);
    return *this;
}

receiver::~receiver()
{
    if (!state_)
        return;
    state_->leave();
    close("the receiver is gone");
}

wire::handle receiver::handle() const noexcept
{
    return state_->handle();
}

address receiver::where() const noexcept
{
    return {.context = via().self().id, .handle = handle()};
}

sender receiver::to_sender() const
{
    return sender(via(), where(), state_->capacity());
}

std::expected<wire::message, channel_error> receiver::get(timeout within)
{
    auto const home = state_->lives_at();
    if (home.is_everywhere || runs_here(home.on))
        return std::unexpected(detail::waits_at_home());
    return detail::wait_for<wire::message>(*state_, within);
}

std::expected<wire::message, channel_error> receiver::try_get()
{
    if (auto given = state_->attempt())
        return std::move(*given);
    return std::unexpected(channel_error{channel_fault::would_block, "no message has come"});
}

void receiver::close(std::string const& why)
{
    state_->close(why);
}

bool receiver::empty() const
{
    return state_->is_empty();
}

std::shared_ptr<detail::select_source> receiver::source() const noexcept
{
    return state_;
}

router& receiver::via() const noexcept
{
    return state_->via();
}

std::shared_ptr<detail::waitable<wire::message>> receiver::queue() const noexcept
{
    return state_;
}

}  // namespace tendril::rpc
