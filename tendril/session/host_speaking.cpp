#include <tendril/session/detail/host_state.hpp>
#include <tendril/term/rebuild.hpp>

#include <algorithm>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/error.hpp>

namespace tendril::session {

namespace {

using detail::as_tuple_awaitable;

constexpr std::size_t waiting_limit = std::size_t{1024} * 1024;  // as much as a session queues of input

/// An update callback that goes with the scope.
class update_watch {
public:
    update_watch(session& of, update_callback call) : of_(&of), id_(of.on_update(std::move(call))) {}
    update_watch(update_watch const&) = delete;
    update_watch& operator=(update_watch const&) = delete;
    ~update_watch() { of_->remove_callbacks(id_); }

private:
    session* of_;
    callback_id id_;
};

/// A client's pump, while the scope lasts.
class lent_pump {
public:
    lent_pump(detail::host_client_state* to, frame_pump& pump) : to_(to) { to_->frames = &pump; }
    lent_pump(lent_pump const&) = delete;
    lent_pump& operator=(lent_pump const&) = delete;
    ~lent_pump() { to_->frames = nullptr; }

private:
    detail::host_client_state* to_;
};

}  // namespace

welcome_packet host::state::welcome() const
{
    auto const others = std::ranges::count_if(
        clients, [](client const* each) { return each->hello.view != host_view::none; });
    return {.host = static_cast<std::uint32_t>(::getpid()),
            .program = static_cast<std::uint32_t>(program.pid()),
            .started = started,
            .size = shown->size(),
            .clients = static_cast<std::uint16_t>(others),
            .ended = ended.has_value(),
            .name = options.name,
            .command = options.command};
}

/// All of @p bytes; false when the client is gone.
asio::awaitable<bool> host::state::send(client* who, std::string bytes)
{
    auto rest = base::bytes_of(bytes);
    while (!rest.empty()) {
        auto const [why, count] = co_await who->socket.async_write_some(rest, as_tuple_awaitable);
        if (why)
            co_return false;
        rest = rest.subspan(count);
    }
    co_return true;
}

asio::awaitable<void> host::state::speak(client* who)
{
    auto greeting = packed(welcome());
    bool goes_on = co_await send(who, std::move(greeting));
    if (goes_on && who->hello.view == host_view::frames)
        goes_on = co_await show_frames(who);
    if (goes_on && who->hello.view == host_view::bytes)
        goes_on = co_await show_bytes(who);
    while (goes_on && !ended)
        co_await who->wake.async_wait(as_tuple_awaitable);
    if (goes_on)
        co_await say_end(who);
}

/// Written and noted in one go: who reads it may be gone in the same moment.
asio::awaitable<void> host::state::say_end(client* who)
{
    auto const end = packed(*ended);
    auto rest = base::bytes_of(end);
    for (;;) {
        error_code why;
        rest = rest.subspan(who->socket.try_write({&rest, 1}, why));
        who->exit_sent = rest.empty();
        if (who->exit_sent || (why && why != asio::error::would_block))
            break;
        co_await who->socket.async_wait(io::readiness::writable, as_tuple_awaitable);
    }
    ::shutdown(who->socket.native_handle(), SHUT_WR);
}

/// To the last frame; false when the client is gone.
asio::awaitable<bool> host::state::show_frames(client* who)
{
    frame_pump pump(program, *shown, {.can = who->hello.can});
    lent_pump const lent(who, pump);
    auto size = shown->size();
    auto begin = packed(packet_type::screen, size);
    bool const there = co_await send(who, std::move(begin));
    if (!there)
        co_return false;
    for (;;) {
        auto const [why, frame] = co_await pump.async_next(as_tuple_awaitable);
        if (why)
            co_return why == asio::error::eof;
        std::string packets;
        if (frame.size != size)
            packets = packed(packet_type::resized, frame.size);
        size = frame.size;
        append_pieces(packets, packet_type::output, frame.bytes);
        bool const sent = co_await send(who, std::move(packets));
        if (!sent)
            co_return false;
    }
}

/// To the last byte; false when the client is gone.
asio::awaitable<bool> host::state::show_bytes(client* who)
{
    update_watch const watch(program, [this, who](base::byte_view chunk) {
        who->wake.cancel();
        if (who->lost_track)
            return;
        append_pieces(who->waiting, packet_type::output, base::text_of(chunk));
        if (who->told_size != shown->size())
            who->waiting += packed(packet_type::resized, shown->size());
        who->told_size = shown->size();
        who->lost_track = who->waiting.size() > waiting_limit;
    });
    for (;;) {
        if (std::exchange(who->lost_track, false)) {
            who->told_size = shown->size();
            who->waiting = packed(packet_type::screen, who->told_size);
            append_pieces(who->waiting, packet_type::output, term::rebuild_sequence(*shown));
        }
        auto packets = std::exchange(who->waiting, {});
        if (packets.empty() && ended)
            co_return true;
        if (packets.empty()) {
            co_await who->wake.async_wait(as_tuple_awaitable);
            continue;
        }
        bool const sent = co_await send(who, std::move(packets));
        if (!sent)
            co_return false;
    }
}

}  // namespace tendril::session
