#pragma once

/// @file
/// The bodies of vt::parser's templates. Included by <tendril/vt/parser.hpp> only.
/// Layer: vt (base). Spec: as parser.hpp.

#include <tendril/vt/parser.hpp>

namespace tendril::vt {

namespace detail {

inline constexpr std::uint8_t bel = 0x07;
inline constexpr std::uint8_t can = 0x18;
inline constexpr std::uint8_t sub = 0x1A;
inline constexpr std::uint8_t escape_byte = 0x1B;
inline constexpr std::uint8_t del = 0x7F;

/// Up to four decimal digits, read without a branch: their number varies from sequence to sequence.
struct short_number {
    int value = 0;
    int digits = 0;
};
inline constexpr std::ptrdiff_t number_reach = 4;  ///< how many bytes number_at() looks at

[[nodiscard]] inline short_number number_at(std::uint8_t const* at) noexcept
{
    if constexpr (std::endian::native == std::endian::little) {
        std::uint32_t bytes = 0;
        std::memcpy(&bytes, at, sizeof bytes);
        auto const digits = bytes ^ 0x30303030;  // a digit's byte is now 0 to 9
        auto const others = ((digits + 0x76767676) | digits) & 0x80808080;
        auto const count = std::countr_zero(std::uint64_t{others} | std::uint64_t{1} << 39) / 8;
        // The digits go to the end, zeros before them: then pairs are added up, then the two pairs.
        auto const padded = static_cast<std::uint32_t>(std::uint64_t{digits} << (8 * (4 - count)));
        auto const pairs = ((padded * (10 * 256 + 1)) >> 8) & 0x00FF00FF;
        auto const value = (pairs * (100 * 65536 + 1)) >> 16;
        return {static_cast<int>(value), count};
    } else {
        short_number number;
        for (; number.digits < 4 && at[number.digits] >= '0' && at[number.digits] <= '9'; ++number.digits)
            number.value = number.value * 10 + (at[number.digits] - '0');
        return number;
    }
}

}  // namespace detail

template <parser_handler Handler>
void parser::feed(base::byte_view bytes, Handler& handler)
{
    auto const* at = reinterpret_cast<byte_pointer>(bytes.data());
    auto const* const end = at + bytes.size();
    scanner scan(at, end);
    while (at != end) {
        if (state_ == state::ground)
            at = ground(at, end, scan, handler);
        else if (in_string())
            at = string(at, end, scan, handler);
        else if (state_ == state::csi_param && *at >= '0' && *at <= ';')
            at = csi_numbers(at, end);
        else if (*at >= 0x80)
            state_ = state::ground;  // and the character is looked at again there
        else
            step(*at++, handler);
    }
}

/// The numbers of a control sequence in a loop of their own: much of what full-screen programs write.
inline parser::byte_pointer parser::csi_numbers(byte_pointer at, byte_pointer end) noexcept
{
    for (; at != end && *at >= '0' && *at <= ';'; ++at) {
        if (*at <= '9')
            sequence_.numbers.add_digit(*at - '0');
        else
            sequence_.numbers.separate(static_cast<char>(*at));
    }
    return at;
}

template <typename Handler>
parser::byte_pointer parser::ground(byte_pointer at, byte_pointer end, scanner& scan, Handler& handler)
{
    while (at != end) {
        if (decoder_.pending() || *at >= 0x80) {
            at = text(at, end, handler);
            if (state_ != state::ground)
                return at;
            continue;
        }
        auto const* const stop = scan.find(at);
        if (stop != at) {
            handler.print_ascii(
                std::string_view(reinterpret_cast<char const*>(at), static_cast<std::size_t>(stop - at)));
            at = stop;
            if (at == end || *at >= 0x80)
                continue;
        }
        auto const byte = *at++;
        if (byte == detail::escape_byte) {
            at = escape(at, end, handler);
            if (state_ != state::ground)
                return at;
        } else if (byte < 0x20) {
            handler.execute(static_cast<char>(byte));
        }
    }
    return at;
}

/// What follows an ESC: a sequence that is all there is dispatched at once, the others are left to step().
template <typename Handler>
parser::byte_pointer parser::escape(byte_pointer at, byte_pointer end, Handler& handler)
{
    enter_escape();
    if (at == end || *at < 0x30 || *at >= detail::del)
        return at;
    if (*at == '[')
        if (auto const* const final = whole_csi(at + 1, end)) {
            state_ = state::ground;
            sequence_.final = static_cast<char>(*final);
            handler.csi(sequence_);
            return final + 1;
        }
    enter_escape();
    escape_final(static_cast<char>(*at), handler);
    return at + 1;
}

/// Reads prefix and numbers of a control sequence. Returns its final byte; null when it has something else,
/// is cut or is near the end of the bytes.
inline parser::byte_pointer parser::whole_csi(byte_pointer at, byte_pointer end) noexcept
{
    constexpr auto is_final = [](std::uint8_t byte) { return byte >= 0x40 && byte < detail::del; };
    if (end - at <= detail::number_reach)
        return nullptr;
    if (*at >= '<' && *at <= '?')
        sequence_.prefix = static_cast<char>(*at++);
    if (is_final(*at))
        return at;
    for (auto sub = false; end - at > detail::number_reach; ++at) {
        auto const number = detail::number_at(at);
        at += number.digits;
        sequence_.numbers.add(number.value, sub);
        sub = *at == ':';
        if (is_final(*at))
            return at;
        if (*at != ';' && !sub)  // perhaps a fifth digit
            break;
    }
    return nullptr;
}

/// One well-formed character of two to four bytes from U+00A0 on; 0 bytes when it is anything else or near
/// the end of the bytes.
inline parser::decoded parser::decode(byte_pointer at, byte_pointer end) noexcept
{
    if (end - at < 4)
        return {};
    // All four bytes at once, so that one comparison tells a length and that its tails are tails.
    auto const word = static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8 |
                      static_cast<std::uint32_t>(at[2]) << 16 | static_cast<std::uint32_t>(at[3]) << 24;
    auto const tail = [word](int index) { return static_cast<char32_t>((word >> (8 * index)) & 0x3F); };
    if ((word & 0x00C0C0F0) == 0x008080E0) {
        auto const scalar = static_cast<char32_t>(word & 0x0F) << 12 | tail(1) << 6 | tail(2);
        return {scalar, scalar >= 0x800 && (scalar & 0xF800) != 0xD800 ? 3 : 0};
    }
    if ((word & 0x0000C0E0) == 0x000080C0) {
        auto const scalar = static_cast<char32_t>(word & 0x1F) << 6 | tail(1);
        return {scalar, scalar >= 0xA0 ? 2 : 0};
    }
    if ((word & 0xC0C0C0F8) == 0x808080F0) {
        auto const scalar = static_cast<char32_t>(word & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3);
        return {scalar, scalar >= 0x10000 && scalar <= 0x10FFFF ? 4 : 0};
    }
    return {};
}

template <typename Handler>
parser::byte_pointer parser::text(byte_pointer at, byte_pointer end, Handler& handler)
{
    if (input_ == encoding::eight_bit)
        return eight_bit_text(at, end, handler);
    using outcome = utf8_decoder::outcome;
    constexpr std::size_t short_run = 16;  // ASCII between other letters: not worth a call of its own
    std::array<char32_t, 256> run;
    std::size_t count = 0;
    std::size_t ascii = 0;
    auto const flush = [&] {
        if (count != 0)
            handler.print(std::u32string_view(run.data(), count));
        count = 0;
    };
    while (at != end) {
        if (count == run.size())
            flush();
        if (*at < 0x80 && !decoder_.pending()) {
            if (!detail::is_ascii_text(*at) || ++ascii > short_run)
                break;
            run[count++] = *at++;
            continue;
        }
        ascii = 0;
        if (!decoder_.pending()) {
            if (auto const got = decode(at, end); got.bytes != 0) {
                run[count++] = got.scalar;
                at += got.bytes;
                continue;
            }
        }
        auto const got = decoder_.push(*at);
        if (got != outcome::replaced_before)
            ++at;
        if (got == outcome::need_more)
            continue;
        auto const scalar = decoder_.scalar();
        if (scalar < 0xA0) {
            flush();
            enter_escape();
            escape_final(static_cast<char>(scalar - 0x40), handler);
            return at;
        }
        run[count++] = scalar;
    }
    flush();
    return at;
}

/// Characters of the upper half, or one C1 control.
template <typename Handler>
parser::byte_pointer parser::eight_bit_text(byte_pointer at, byte_pointer end, Handler& handler)
{
    if (*at < 0xA0) {
        enter_escape();
        escape_final(static_cast<char>(*at - 0x40), handler);
        return at + 1;
    }
    std::array<char32_t, 256> run;
    std::size_t count = 0;
    for (; at != end && *at >= 0xA0 && count < run.size(); ++at)
        run[count++] = *at;
    handler.print(std::u32string_view(run.data(), count));
    return at;
}

template <typename Handler>
parser::byte_pointer parser::string(byte_pointer at, byte_pointer end, scanner& scan, Handler& handler)
{
    if (held_c2_) {
        held_c2_ = false;
        if (*at == 0x9C) {
            finish_string(terminator::st, handler);
            return at + 1;
        }
        static constexpr std::uint8_t c2 = 0xC2;
        keep(&c2, &c2 + 1);
    }
    auto const* start = at;
    for (; (at = scan.find(at)) != end; ++at) {
        auto const byte = *at;
        if (byte == 0x9C && input_ == encoding::eight_bit) {
            keep(start, at);
            finish_string(terminator::st, handler);
            return at + 1;
        }
        if (byte >= 0x20 && (byte != 0xC2 || input_ == encoding::eight_bit))
            continue;
        if (byte == 0xC2) {
            keep(start, at);
            held_c2_ = true;
            return at + 1;
        }
        if (byte == detail::escape_byte || (byte == detail::bel && state_ == state::osc_string)) {
            keep(start, at);
            finish_string(byte == detail::bel ? terminator::bell : terminator::st, handler);
            if (byte == detail::escape_byte)
                enter_escape();
            return at + 1;
        }
        if (byte == detail::can || byte == detail::sub) {
            state_ = state::ground;
            handler.execute(static_cast<char>(byte));
            return at + 1;
        }
        if (state_ == state::osc_string) {  // the other controls are no part of an OSC
            keep(start, at);
            start = at + 1;
        }
    }
    keep(start, at);
    return at;
}

template <typename Handler>
void parser::finish_string(terminator end, Handler& handler)
{
    auto const kind = state_;
    state_ = state::ground;
    if (dropped_)
        return;
    if (kind == state::osc_string)
        handler.osc(std::string_view(payload_), end);
    else if (kind == state::dcs_passthrough)
        handler.dcs(sequence_, std::string_view(payload_), end);
    else if (kind == state::apc_string)
        handler.apc(std::string_view(payload_));
}

template <typename Handler>
void parser::step(std::uint8_t byte, Handler& handler)
{
    if (byte < 0x20) {
        if (byte == detail::escape_byte) {
            enter_escape();
            return;
        }
        auto const aborts = byte == detail::can || byte == detail::sub;
        if (aborts || !in_dcs_header())
            handler.execute(static_cast<char>(byte));
        if (aborts)
            state_ = state::ground;
    } else if (byte == detail::del) {
        return;
    } else if (byte < 0x30) {
        intermediate_byte(byte);
    } else if (state_ == state::escape) {
        escape_final(static_cast<char>(byte), handler);
    } else if (state_ == state::escape_intermediate) {
        state_ = state::ground;
        sequence_.final = static_cast<char>(byte);
        handler.esc(sequence_);
    } else if (byte < 0x40) {
        parameter_byte(byte);
    } else if (in_dcs_header()) {
        sequence_.final = static_cast<char>(byte);
        enter_string(state::dcs_passthrough, limits_.dcs);
    } else {
        dispatch_csi(static_cast<char>(byte), handler);
    }
}

template <typename Handler>
void parser::escape_final(char byte, Handler& handler)
{
    switch (byte) {
    case '[':
        state_ = state::csi_entry;
        return;
    case 'P':
        state_ = state::dcs_entry;
        return;
    case ']':
        enter_string(state::osc_string, limits_.osc);
        return;
    case '_':
        enter_string(state::apc_string, limits_.apc);
        return;
    case 'X':
    case '^':
        enter_string(state::sos_pm_string, 0);
        return;
    default:
        break;
    }
    state_ = state::ground;
    sequence_.final = byte;
    handler.esc(sequence_);
}

template <typename Handler>
void parser::dispatch_csi(char final, Handler& handler)
{
    auto const ignored = state_ == state::csi_ignore;
    state_ = state::ground;
    if (ignored)
        return;
    sequence_.final = final;
    handler.csi(sequence_);
}

}  // namespace tendril::vt
