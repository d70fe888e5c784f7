#include <tendril/session/detail/host_state.hpp>

#include <array>
#include <csignal>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>

namespace tendril::session {

namespace {

using namespace std::chrono_literals;
using detail::as_tuple_awaitable;

constexpr auto hello_patience = 5s;  // a client says hello in the same breath as it connects

}  // namespace

/// Reads until there is a packet; none when the client is gone, cannot be understood, or says nothing.
asio::awaitable<std::optional<packet>> host::state::first_packet(client* who)
{
    asio::steady_timer deadline(on, hello_patience);
    deadline.async_wait([weak = who->weak_from_this()](error_code why) {
        if (auto const self = weak.lock(); self && !why && !self->greeted)
            self->socket.cancel();
    });
    std::array<std::byte, 1024> buffer;
    for (;;) {
        auto const [why, count] = co_await who->socket.async_read_some(buffer, as_tuple_awaitable);
        if (why)
            co_return std::nullopt;
        who->reader.push(std::span(buffer).first(count));
        auto next = who->reader.next();
        if (!next)
            co_return std::nullopt;
        if (*next)
            co_return std::move(*next);
    }
}

/// True when the client is to be served.
asio::awaitable<bool> host::state::greet(client* who)
{
    auto const first = co_await first_packet(who);
    if (!first || first->type != packet_type::hello)
        co_return false;
    auto const hello = unpacked_hello(first->payload);
    std::string refusal;
    if (!hello)
        refusal = "a hello that cannot be understood";
    else if (hello->version != packet_version)
        refusal = "this session speaks version " + std::to_string(packet_version) + ", not " +
                  std::to_string(hello->version);
    else if (clients.size() > options.most_clients)
        refusal = "this session has " + std::to_string(options.most_clients) + " clients already";
    if (!refusal.empty()) {
        auto said = packed(packet_type::refused, refusal);
        co_await send(who, std::move(said));
        co_return false;
    }
    who->greeted = true;
    who->hello = *hello;
    who->size = hello->size;
    adopt_size(*who);
    co_return true;
}

/// What a client types or says makes its size that of the terminal.
void host::state::adopt_size(client& who)
{
    if (who.size.columns == 0 || who.size.rows == 0 || who.size == shown->size() || ended)
        return;
    if (program.resize({.columns = who.size.columns, .rows = who.size.rows}))
        who.size = shown->size();  // as much of it as the limits leave
}

/// Until the client goes, which is eof, or has sent what cannot be understood.
asio::awaitable<error_code> host::state::listen(client* who)
{
    std::array<std::byte, 16 * 1024> buffer;
    for (;;) {
        for (;;) {
            auto next = who->reader.next();
            if (!next)
                co_return next.error();
            if (!*next)
                break;
            bool const understood = co_await obey(who, std::move(**next));
            if (!understood)
                co_return make_error_code(boost::system::errc::bad_message);
        }
        auto const [why, count] = co_await who->socket.async_read_some(buffer, as_tuple_awaitable);
        if (why)
            co_return why;
        who->reader.push(std::span(buffer).first(count));
    }
}

/// False when @p order makes no sense.
asio::awaitable<bool> host::state::obey(client* who, packet order)
{
    switch (order.type) {
    case packet_type::keys:
        adopt_size(*who);
        co_await type(std::move(order.payload));
        co_return true;
    case packet_type::resize: {
        auto const size = unpacked_size(order.payload);
        if (!size)
            co_return false;
        who->size = *size;
        adopt_size(*who);
        if (who->frames)
            who->frames->forget();  // its terminal has moved what it showed
        co_return true;
    }
    case packet_type::signal: {
        auto const number = order.payload.empty() ? 0 : static_cast<unsigned char>(order.payload.front());
        if (number < 1 || number > SIGRTMAX)
            co_return false;
        static_cast<void>(program.signal_group(number));  // refused only when it has ended
        co_return true;
    }
    case packet_type::terminate:
        static_cast<void>(program.terminate());  // the same
        co_return true;
    default:
        co_return true;
    }
}

/// Types @p keys once the program's terminal has room for them.
asio::awaitable<void> host::state::type(std::string keys)
{
    while (!ended && program.write(base::bytes_of(keys)) == boost::system::errc::no_buffer_space) {
        if (!std::exchange(drains, true))
            serving.spawn(watch_room());
        co_await room.async_wait(as_tuple_awaitable);
    }
}

asio::awaitable<void> host::state::watch_room()
{
    co_await program.async_drain(as_tuple_awaitable);
    drains = false;
    room.cancel();
}

}  // namespace tendril::session
