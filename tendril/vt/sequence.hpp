#pragma once

/// @file
/// A control or escape sequence as the parser hands it over: prefix, parameters, intermediates, final.
/// Layer: vt (base). Spec: ECMA-48 sections 5.3 and 5.4; sub-parameters after ITU-T T.416.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tendril::vt {

/// The numbers of a sequence. A number that is left out is 0, which is what every control function treats
/// as its default; numbers beyond 65535 are 65535; those beyond the capacity are dropped.
class parameters {
public:
    static constexpr std::size_t capacity = 32;  ///< xterm keeps 30, the longest SGR in use needs 17
    static constexpr int largest = 65535;

    [[nodiscard]] std::size_t size() const noexcept { return count_; }

    /// The number at @p index; 0 beyond the end.
    [[nodiscard]] int operator[](std::size_t index) const noexcept
    {
        return index < count_ ? values_[index] : 0;
    }

    /// The number at @p index, or @p otherwise when it is 0 or left out.
    [[nodiscard]] int at_or(std::size_t index, int otherwise) const noexcept
    {
        auto const value = (*this)[index];
        return value == 0 ? otherwise : value;
    }

    /// Whether a colon joins the number at @p index to the one before.
    [[nodiscard]] bool is_sub(std::size_t index) const noexcept
    {
        return index < count_ && ((subs_ >> index) & 1u) != 0;
    }

    /// Whether a colon joins any of the numbers.
    [[nodiscard]] bool has_subs() const noexcept { return subs_ != 0; }

    /// Whether numbers were dropped, and digits with them.
    [[nodiscard]] bool is_full() const noexcept { return full_; }

    void clear() noexcept
    {
        count_ = 0;
        subs_ = 0;
        full_ = false;
    }

    /// Where numbers that are read together are written, before fill() makes them all there are.
    [[nodiscard]] std::span<std::uint16_t, capacity> slots() noexcept { return values_; }

    /// The first @p count slots are the numbers, and semicolons part them.
    void fill(std::size_t count) noexcept
    {
        count_ = static_cast<std::uint8_t>(count);
        subs_ = 0;
        full_ = false;
    }

    void add_digit(int digit) noexcept
    {
        if (count_ == 0)
            open(0);
        if (full_)
            return;
        auto& value = values_[count_ - 1u];
        value = static_cast<std::uint16_t>(std::min(value * 10 + digit, largest));
    }

    /// Ends a number: @p byte is ';', or ':' which makes the next one a sub-parameter.
    void separate(char byte) noexcept
    {
        if (count_ == 0)
            open(0);
        if (count_ < capacity)
            open(byte == ':' ? 1u : 0u);
        else
            full_ = true;
    }

private:
    void open(std::uint32_t sub) noexcept
    {
        values_[count_] = 0;
        subs_ |= sub << count_;
        ++count_;
    }

    std::array<std::uint16_t, capacity> values_{};
    std::uint32_t subs_ = 0;
    std::uint8_t count_ = 0;
    bool full_ = false;
};

/// What tells one control function from another, packed so that one `switch` can dispatch it.
[[nodiscard]] constexpr std::uint32_t key_of(char prefix, char intermediate, char final) noexcept
{
    return static_cast<std::uint32_t>(static_cast<unsigned char>(prefix)) << 24 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(intermediate)) << 8 |
           static_cast<std::uint32_t>(static_cast<unsigned char>(final));
}

/// An ESC, CSI or DCS sequence.
struct sequence {
    parameters numbers;
    std::array<char, 2> intermediates{};  ///< 0x20..0x2F; 0 where there is none
    char prefix = 0;                      ///< one of `<=>?`, or 0
    char final = 0;

    /// As key_of(), with the second intermediate in bits 16 to 23: such a sequence matches no key_of().
    [[nodiscard]] std::uint32_t key() const noexcept
    {
        return key_of(prefix, intermediates[0], final) |
               static_cast<std::uint32_t>(static_cast<unsigned char>(intermediates[1])) << 16;
    }
};

}  // namespace tendril::vt
