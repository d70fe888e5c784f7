#include <tendril/vt/utf8.hpp>

namespace tendril::vt {

utf8_decoder::outcome utf8_decoder::start(std::uint8_t byte) noexcept
{
    low_ = 0x80;
    high_ = 0xBF;
    if (byte < 0x80) {
        scalar_ = byte;
        return outcome::scalar;
    }
    if (byte < 0xC2 || byte > 0xF4) {
        scalar_ = replacement_character;
        return outcome::replaced;
    }
    if (byte < 0xE0) {
        missing_ = 1;
        scalar_ = byte & 0x1Fu;
    } else if (byte < 0xF0) {
        missing_ = 2;
        scalar_ = byte & 0x0Fu;
        if (byte == 0xE0)
            low_ = 0xA0;
        if (byte == 0xED)
            high_ = 0x9F;
    } else {
        missing_ = 3;
        scalar_ = byte & 0x07u;
        if (byte == 0xF0)
            low_ = 0x90;
        if (byte == 0xF4)
            high_ = 0x8F;
    }
    return outcome::need_more;
}

std::string utf8_decoder::unfinished() const
{
    // How much has come says how long the character will be: overlong forms were refused, so that the bits
    // of one length never look like those of another.
    auto const bits = static_cast<std::uint32_t>(scalar_);
    auto const lead = [](std::uint32_t mark, std::uint32_t value) { return static_cast<char>(mark | value); };
    auto const next = [](std::uint32_t value) { return static_cast<char>(0x80u | (value & 0x3Fu)); };
    switch (missing_) {
    case 1:
        if (bits < 0x20)
            return {lead(0xC0, bits)};
        if (bits < 0x400)
            return {lead(0xE0, bits >> 6), next(bits)};
        return {lead(0xF0, bits >> 12), next(bits >> 6), next(bits)};
    case 2:
        if (bits < 0x10)
            return {lead(0xE0, bits)};
        return {lead(0xF0, bits >> 6), next(bits)};
    case 3:
        return {lead(0xF0, bits)};
    default:
        return {};
    }
}

void append_utf8(std::string& text, char32_t scalar)
{
    if (scalar > 0x10FFFF || (scalar >= 0xD800 && scalar <= 0xDFFF))
        scalar = replacement_character;
    auto const tail = [scalar](int shift) { return static_cast<char>(0x80 | ((scalar >> shift) & 0x3F)); };
    if (scalar < 0x80) {
        text += static_cast<char>(scalar);
    } else if (scalar < 0x800) {
        text += static_cast<char>(0xC0 | (scalar >> 6));
        text += tail(0);
    } else if (scalar < 0x10000) {
        text += static_cast<char>(0xE0 | (scalar >> 12));
        text += tail(6);
        text += tail(0);
    } else {
        text += static_cast<char>(0xF0 | (scalar >> 18));
        text += tail(12);
        text += tail(6);
        text += tail(0);
    }
}

std::string repaired_utf8(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size());
    utf8_decoder decoder;
    for (std::size_t at = 0; at < bytes.size();) {
        auto const outcome = decoder.push(static_cast<std::uint8_t>(bytes[at]));
        if (outcome != utf8_decoder::outcome::replaced_before)
            ++at;
        if (outcome != utf8_decoder::outcome::need_more)
            append_utf8(text, decoder.scalar());
    }
    if (decoder.pending())
        append_utf8(text, replacement_character);
    return text;
}

}  // namespace tendril::vt
