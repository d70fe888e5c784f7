#pragma once

/// @file
/// UTF-8, byte by byte: ill-formed input becomes U+FFFD by the maximal-subpart rule.
/// Layer: vt (base). Spec: Unicode 15.0, section 3.9, table 3-7 and "U+FFFD Substitution of Maximal
/// Subparts".

#include <cstdint>
#include <string>
#include <string_view>

namespace tendril::vt {

/// What stands for bytes that are no character.
inline constexpr char32_t replacement_character = 0xFFFD;

/// Decodes one byte at a time, so that a character may be cut anywhere.
class utf8_decoder {
public:
    enum class outcome : std::uint8_t {
        need_more,       ///< the byte was taken; the character is not complete
        scalar,          ///< the byte completed scalar()
        replaced,        ///< the byte was taken and is ill-formed: scalar() is U+FFFD
        replaced_before  ///< scalar() is U+FFFD for the bytes before; push this byte again
    };

    outcome push(std::uint8_t byte) noexcept
    {
        if (missing_ == 0)
            return start(byte);
        if (byte < low_ || byte > high_) {
            missing_ = 0;
            scalar_ = replacement_character;
            return outcome::replaced_before;
        }
        low_ = 0x80;
        high_ = 0xBF;
        scalar_ = (scalar_ << 6) | (byte & 0x3Fu);
        return --missing_ == 0 ? outcome::scalar : outcome::need_more;
    }

    /// Whether a character has begun and is not complete.
    [[nodiscard]] bool pending() const noexcept { return missing_ != 0; }

    /// The bytes of the character that has begun: pushed to a fresh decoder they lead to where this one is.
    [[nodiscard]] std::string unfinished() const;

    /// What the last push() that did not need more decoded.
    [[nodiscard]] char32_t scalar() const noexcept { return scalar_; }

private:
    outcome start(std::uint8_t byte) noexcept;

    char32_t scalar_ = 0;
    std::uint8_t missing_ = 0;
    std::uint8_t low_ = 0x80;   ///< bounds of the next byte: they refuse overlong forms and surrogates
    std::uint8_t high_ = 0xBF;  ///< and what lies beyond U+10FFFF
};

/// Appends @p scalar to @p text. A surrogate or a value beyond U+10FFFF is appended as U+FFFD.
void append_utf8(std::string& text, char32_t scalar);

/// @p bytes as well-formed UTF-8: the same text where it is well-formed already.
[[nodiscard]] std::string repaired_utf8(std::string_view bytes);

}  // namespace tendril::vt
