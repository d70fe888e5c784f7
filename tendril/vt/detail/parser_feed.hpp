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
    if (decoder_.pending()) {
        at = text(at, end, handler);
        if (state_ != state::ground)
            return at;
    }
    while (at != end) {
        auto const byte = *at;
        if (byte == detail::escape_byte) {
            if (auto const* const final = whole_csi(at, end)) {
                at = final + 1;
                sequence_.final = static_cast<char>(*final);
                handler.csi(sequence_);
                continue;
            }
            at = escape(at + 1, end, handler);
            if (state_ != state::ground)
                return at;
        } else if (byte < 0x20) {
            handler.execute(static_cast<char>(byte));
            ++at;
        } else if (byte >= 0x80) {
            at = text(at, end, handler);
            if (state_ != state::ground)
                return at;
        } else if (byte == detail::del) {
            ++at;
        } else {
            auto const* const stop = scan.find(at);
            handler.print_ascii(
                std::string_view(reinterpret_cast<char const*>(at), static_cast<std::size_t>(stop - at)));
            at = stop;
        }
    }
    return at;
}

/// What follows an ESC: a sequence of two bytes is dispatched at once, the others are left to step().
template <typename Handler>
parser::byte_pointer parser::escape(byte_pointer at, byte_pointer end, Handler& handler)
{
    enter_escape();
    if (at == end || *at < 0x30 || *at >= detail::del)
        return at;
    escape_final(static_cast<char>(*at), handler);
    return at + 1;
}

/// Reads the control sequence at @p at. Returns its final byte; null when it is none, has something else than
/// a prefix and short numbers between semicolons, or is near the end of the bytes.
inline parser::byte_pointer parser::whole_csi(byte_pointer at, byte_pointer end) noexcept
{
    constexpr auto most = 2 * detail::number_mask_width;  // two direct colours
    if (end - at <= most + detail::longest_short_number || at[1] != '[')
        return nullptr;
    at += 2;
    sequence_.intermediates = {};
    sequence_.prefix = 0;
    if (*at >= '<' && *at <= '?')
        sequence_.prefix = static_cast<char>(*at++);
    auto mask = detail::number_mask_of(at);
    if (mask.others == 0) {
        auto const more = detail::number_mask_of(at + detail::number_mask_width);
        mask.others = more.others << detail::number_mask_width;
        mask.ends |= more.ends << detail::number_mask_width;
        if (mask.others == 0)
            return nullptr;
    }
    auto const length = std::countr_zero(mask.others);
    auto const* const final = at + length;
    if (*final < 0x40 || *final >= detail::del)
        return nullptr;
    auto const into = sequence_.numbers.slots();
    std::size_t count = 0;
    for (auto begin = 0; begin <= length && length != 0; mask.ends &= mask.ends - 1) {
        auto const stop = std::countr_zero(mask.ends);  // the final byte ends the last number
        if (stop - begin > detail::longest_short_number)
            return nullptr;
        into[count++] = static_cast<std::uint16_t>(detail::short_number_at(at + begin, stop - begin));
        begin = stop + 1;
    }
    sequence_.numbers.fill(count);
    return final;
}

/// Characters beyond ASCII, up to a control or to so much ASCII that it is worth a call of its own.
template <typename Handler>
parser::byte_pointer parser::text(byte_pointer at, byte_pointer end, Handler& handler)
{
    if (input_ == encoding::eight_bit)
        return eight_bit_text(at, end, handler);
    using outcome = utf8_decoder::outcome;
    constexpr std::size_t block = detail::utf8_mask_width;
    std::array<char32_t, 4 * block> run;
    std::size_t count = 0;
    auto const flush = [&] {
        if (count != 0)
            handler.print(std::u32string_view(run.data(), count));
        count = 0;
    };
    while (at != end) {
        if (count > run.size() - block)
            flush();
        if (!decoder_.pending()) {
            auto const done = detail::decode_utf8(at, end - at, run.data() + count);
            at += done.bytes;
            count += done.characters;
            if (done.bytes != 0)
                continue;
            if (*at < 0x80)
                break;
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
