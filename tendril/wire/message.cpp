#include <tendril/wire/message.hpp>

#include <utility>

namespace tendril::wire {

std::string_view message::reason() const noexcept
{
    return base::text_of(data);
}

message reply_to(message const& asked, byte_buffer data)
{
    return {.dst = asked.src,
            .src = asked.dst,
            .auth = asked.dst,
            .handle = asked.reply_to,
            .data = std::move(data)};
}

message dead_reply_to(message const& asked, std::string_view reason)
{
    auto const text = base::bytes_of(reason);
    auto dead = reply_to(asked, byte_buffer(text.begin(), text.end()));
    dead.is_dead = true;
    return dead;
}

}  // namespace tendril::wire
