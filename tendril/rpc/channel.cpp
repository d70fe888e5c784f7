#include <tendril/rpc/channel.hpp>

namespace tendril::rpc {

channel::channel(router& via, address peer, receiver_options options)
    : in_(via, options), out_(via, peer, options.capacity)
{
}

std::expected<channel, channel_error> channel::accept(router& via, sender to_there, receiver_options options)
{
    channel made(receiver(via, std::move(options)), std::move(to_there));
    if (auto const greeted = made.out_.try_send(made.in_.to_sender()); !greeted)
        return std::unexpected(greeted.error());
    return made;
}

std::expected<channel, channel_error> channel::meet(receiver from_there, timeout within)
{
    auto const greeting = from_there.get(within);
    if (!greeting)
        return std::unexpected(greeting.error());
    return met(std::move(from_there), *greeting);
}

std::expected<channel, channel_error> channel::met(receiver from_there, wire::message const& greeting)
{
    auto to_there = from_there.data_of<sender>(greeting);
    if (!to_there)
        return std::unexpected(to_there.error());
    return channel(std::move(from_there), std::move(*to_there));
}

void channel::close(std::string const& why)
{
    out_.close(why);
    in_.close(why);
}

}  // namespace tendril::rpc
