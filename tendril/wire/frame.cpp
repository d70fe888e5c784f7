#include <tendril/wire/detail/big_endian.hpp>
#include <tendril/wire/error.hpp>
#include <tendril/wire/frame.hpp>

namespace tendril::wire {

namespace {

constexpr std::uint16_t magic = 0x7464;  // "td"
constexpr std::uint8_t version = 1;

}  // namespace

encoded_header encode(frame_header const& header) noexcept
{
    encoded_header bytes;
    auto* at = bytes.data();
    at = detail::put(at, magic);
    at = detail::put(at, version);
    at = detail::put(at, static_cast<std::uint8_t>(header.kind));
    for (auto const number : {header.size, header.dst, header.src, header.auth, header.handle,
                              header.reply_to, header.number, header.offset, header.total})
        at = detail::put(at, number);
    return bytes;
}

std::expected<frame_header, error_code> decode(encoded_header const& bytes) noexcept
{
    auto const* at = bytes.data();
    if (detail::get<std::uint16_t>(at) != magic || detail::get<std::uint8_t>(at + 2) != version)
        return std::unexpected(make_error_code(errc::not_a_frame));
    frame_header header;
    header.kind = static_cast<frame_kind>(detail::get<std::uint8_t>(at + 3));
    at += 4;
    for (auto* const number : {&header.size, &header.dst, &header.src, &header.auth, &header.handle,
                               &header.reply_to, &header.number, &header.offset, &header.total}) {
        *number = detail::get<std::uint32_t>(at);
        at += sizeof *number;
    }
    if (header.size > largest_piece)
        return std::unexpected(make_error_code(errc::frame_too_large));
    if (header.offset > header.total || header.size > header.total - header.offset)
        return std::unexpected(make_error_code(errc::not_a_part));
    return header;
}

}  // namespace tendril::wire
