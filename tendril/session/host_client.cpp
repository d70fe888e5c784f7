#include <tendril/io/stream.hpp>
#include <tendril/io/write_queue.hpp>
#include <tendril/session/host_client.hpp>

#include <array>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>

namespace tendril::session {

namespace {

namespace errc = boost::system::errc;

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

std::unexpected<error> misunderstood()
{
    return failure(make_error_code(errc::bad_message), "understand the session's host");
}

template <typename Payload>
result<std::optional<host_event>> event_of(std::optional<Payload> payload)
{
    if (!payload)
        return misunderstood();
    return host_event(std::move(*payload));
}

template <typename Event>
result<std::optional<host_event>> sized(std::optional<term::grid_size> size)
{
    if (!size)
        return misunderstood();
    return host_event(Event{*size});
}

/// What @p said means; nothing when it is of a type that came after us.
result<std::optional<host_event>> meaning_of(packet said)
{
    switch (said.type) {
    case packet_type::welcome:
        return event_of(unpacked_welcome(said.payload));
    case packet_type::screen:
        return sized<host_screen>(unpacked_size(said.payload));
    case packet_type::resized:
        return sized<host_resized>(unpacked_size(said.payload));
    case packet_type::exited:
        return event_of(unpacked_exit(said.payload));
    case packet_type::output:
        return host_event(host_output{std::move(said.payload)});
    case packet_type::refused:
        return failure(make_error_code(errc::protocol_error), "attach: " + said.payload);
    default:
        return std::nullopt;
    }
}

}  // namespace

struct host_client::state {
    state(io::executor on, base::unique_fd connection)
        : socket(std::move(on), std::move(connection)), out(socket)
    {
    }

    io::stream socket;
    io::write_queue out;
    packet_reader reader;

    error_code say(std::string const& packets) { return out.push(base::bytes_of(packets)); }
};

result<host_client> host_client::connect(io::executor on, host_folder const& in, std::string_view name,
                                         hello_packet const& hello)
{
    auto connection = in.connect(name);
    if (!connection)
        return std::unexpected(std::move(connection.error()));
    auto made = std::make_unique<state>(std::move(on), std::move(*connection));
    if (auto const refused = made->say(packed(hello)))
        return failure(refused, "greet the session " + std::string(name));
    return host_client(std::move(made));
}

host_client::host_client(std::unique_ptr<state> connected) noexcept : state_(std::move(connected)) {}
host_client::host_client(host_client&&) noexcept = default;
host_client& host_client::operator=(host_client&&) noexcept = default;
host_client::~host_client() = default;

asio::awaitable<result<host_event>> host_client::next()
{
    std::array<std::byte, 16 * 1024> buffer;
    for (;;) {
        auto said = state_->reader.next();
        if (!said)
            co_return misunderstood();
        if (*said) {
            auto meaning = meaning_of(std::move(**said));
            if (!meaning)
                co_return std::unexpected(std::move(meaning.error()));
            if (*meaning)
                co_return std::move(**meaning);
            continue;
        }
        auto const [why, count] = co_await state_->socket.async_read_some(buffer, tuple);
        if (why)
            co_return failure(why, "hear from the session's host");
        state_->reader.push(std::span(buffer).first(count));
    }
}

error_code host_client::type(base::byte_view keys)
{
    std::string packets;
    append_pieces(packets, packet_type::keys, base::text_of(keys));
    return packets.empty() ? error_code{} : state_->say(packets);
}

error_code host_client::resize(term::grid_size size)
{
    return state_->say(packed(packet_type::resize, size));
}

error_code host_client::signal(int number)
{
    auto const byte = static_cast<char>(number);
    return state_->say(packed(packet_type::signal, {&byte, 1}));
}

error_code host_client::terminate()
{
    return state_->say(packed(packet_type::terminate));
}

}  // namespace tendril::session
