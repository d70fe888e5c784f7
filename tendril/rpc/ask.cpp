#include <tendril/rpc/ask.hpp>

namespace tendril::rpc {

receiver async_ask(router& via, wire::message what)
{
    receiver answer(via, {.respondent = what.dst, .admits = anybody, .stays = standing::once});
    what.reply_to = answer.handle();
    via.send(std::move(what));
    return answer;
}

std::expected<wire::message, channel_error> ask(router& via, wire::message what, receiver::timeout within)
{
    return async_ask(via, std::move(what)).get(within);
}

}  // namespace tendril::rpc
