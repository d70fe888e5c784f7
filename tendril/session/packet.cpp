#include <tendril/session/packet.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

#include <boost/system/errc.hpp>

namespace tendril::session {

namespace {

constexpr std::size_t header_bytes = 5;
constexpr std::uint8_t ability_repeats = 1;
constexpr std::uint8_t ability_synchronizes = 2;

template <typename Number>
void put(std::string& to, Number number)
{
    for (std::size_t byte = 0; byte < sizeof number; ++byte)
        to += static_cast<char>(static_cast<std::uint64_t>(number) >> (8 * byte) & 0xff);
}

void put_text(std::string& to, std::string_view text)
{
    text = text.substr(0, 0xffff);
    put(to, static_cast<std::uint16_t>(text.size()));
    to += text;
}

/// Takes numbers and texts from the front of a payload; `fits` is false for good once it was too short.
struct taker {
    std::string_view rest;
    bool fits = true;

    std::string_view bytes(std::size_t count)
    {
        fits = fits && rest.size() >= count;
        if (!fits)
            return {};
        auto const taken = rest.substr(0, count);
        rest.remove_prefix(count);
        return taken;
    }

    template <typename Number>
    Number number()
    {
        std::uint64_t value = 0;
        auto const taken = bytes(sizeof(Number));
        for (std::size_t byte = 0; byte < taken.size(); ++byte)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(taken[byte])) << (8 * byte);
        return static_cast<Number>(value);
    }

    std::string text() { return std::string(bytes(number<std::uint16_t>())); }

    term::grid_size size()
    {
        auto const columns = number<std::uint16_t>();
        return {columns, number<std::uint16_t>()};
    }
};

void put(std::string& to, term::grid_size size)
{
    put(to, size.columns);
    put(to, size.rows);
}

}  // namespace

bool hello_packet::operator==(hello_packet const& other) const noexcept
{
    return version == other.version && view == other.view && can.repeats == other.can.repeats &&
           can.synchronizes == other.can.synchronizes && size == other.size;
}

std::string packed(packet_type type, std::string_view payload)
{
    assert(payload.size() <= largest_payload);
    std::string made;
    made.reserve(header_bytes + payload.size());
    put(made, static_cast<std::uint8_t>(type));
    put(made, static_cast<std::uint32_t>(payload.size()));
    made += payload;
    return made;
}

std::string packed(hello_packet const& hello)
{
    std::string payload;
    put(payload, hello.version);
    put(payload, static_cast<std::uint8_t>(hello.view));
    put(payload, static_cast<std::uint8_t>((hello.can.repeats ? ability_repeats : 0) |
                                           (hello.can.synchronizes ? ability_synchronizes : 0)));
    put(payload, hello.size);
    return packed(packet_type::hello, payload);
}

std::string packed(welcome_packet const& welcome)
{
    constexpr std::size_t most_of_a_command = 4096;  // it is for people, and a payload is bounded
    std::string payload;
    put(payload, welcome.version);
    put(payload, welcome.host);
    put(payload, welcome.program);
    put(payload, welcome.started);
    put(payload, welcome.size);
    put(payload, welcome.clients);
    put(payload, static_cast<std::uint8_t>(welcome.ended ? 1 : 0));
    put_text(payload, welcome.name);
    put_text(payload, std::string_view(welcome.command).substr(0, most_of_a_command));
    return packed(packet_type::welcome, payload);
}

std::string packed(packet_type type, term::grid_size size)
{
    std::string payload;
    put(payload, size);
    return packed(type, payload);
}

std::string packed(process::exit_status how)
{
    std::string payload;
    put(payload, static_cast<std::uint8_t>(how.has_exited() ? 0 : 1));
    put(payload, static_cast<std::uint8_t>(how.has_exited() ? how.code() : how.signal()));
    put(payload, static_cast<std::uint8_t>(how.dumped_core() ? 1 : 0));
    return packed(packet_type::exited, payload);
}

void append_pieces(std::string& to, packet_type type, std::string_view bytes)
{
    while (!bytes.empty()) {
        to += packed(type, bytes.substr(0, largest_payload));
        bytes.remove_prefix(std::min(bytes.size(), largest_payload));
    }
}

std::optional<hello_packet> unpacked_hello(std::string_view payload)
{
    taker from{payload};
    hello_packet hello;
    hello.version = from.number<std::uint16_t>();
    auto const view = from.number<std::uint8_t>();
    auto const abilities = from.number<std::uint8_t>();
    hello.size = from.size();
    if (!from.fits || view > static_cast<std::uint8_t>(host_view::ending))
        return std::nullopt;
    hello.view = static_cast<host_view>(view);
    hello.can = {.repeats = (abilities & ability_repeats) != 0,
                 .synchronizes = (abilities & ability_synchronizes) != 0};
    return hello;
}

std::optional<welcome_packet> unpacked_welcome(std::string_view payload)
{
    taker from{payload};
    welcome_packet welcome;
    welcome.version = from.number<std::uint16_t>();
    welcome.host = from.number<std::uint32_t>();
    welcome.program = from.number<std::uint32_t>();
    welcome.started = from.number<std::uint64_t>();
    welcome.size = from.size();
    welcome.clients = from.number<std::uint16_t>();
    welcome.ended = from.number<std::uint8_t>() == 1;
    welcome.name = from.text();
    welcome.command = from.text();
    return from.fits ? std::optional(std::move(welcome)) : std::nullopt;
}

std::optional<term::grid_size> unpacked_size(std::string_view payload)
{
    taker from{payload};
    auto const size = from.size();
    return from.fits && size.columns > 0 && size.rows > 0 ? std::optional(size) : std::nullopt;
}

std::optional<process::exit_status> unpacked_exit(std::string_view payload)
{
    taker from{payload};
    auto const kind = from.number<std::uint8_t>();
    auto const value = from.number<std::uint8_t>();
    auto const dumped = from.number<std::uint8_t>();
    if (!from.fits || kind > 1 || (kind == 1 && (value == 0 || value > 127)))
        return std::nullopt;
    return kind == 0 ? process::exit_status::exited(value) : process::exit_status::killed(value, dumped == 1);
}

void packet_reader::push(base::byte_view bytes)
{
    bytes_.erase(0, std::exchange(at_, 0));
    bytes_ += base::text_of(bytes);
}

std::expected<std::optional<packet>, error_code> packet_reader::next()
{
    taker from{std::string_view(bytes_).substr(at_)};
    auto const type = from.number<std::uint8_t>();
    auto const length = from.number<std::uint32_t>();
    if (from.fits && length > largest_payload)
        return std::unexpected(make_error_code(boost::system::errc::message_size));
    auto const payload = from.bytes(length);
    if (!from.fits)
        return std::nullopt;
    at_ += header_bytes + length;
    return packet{static_cast<packet_type>(type), std::string(payload)};
}

}  // namespace tendril::session
