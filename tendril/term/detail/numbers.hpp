#pragma once

/// @file
/// Decimal numbers of control sequences. Layer: term. Spec: ECMA-48 section 5.4.1.

#include <string>

namespace tendril::term::detail {

/// Appends @p number in decimal. Cost: no allocation beyond the text's own.
inline void append_number(std::string& to, unsigned number)
{
    if (number < 10) {
        to += static_cast<char>('0' + number);
        return;
    }
    append_number(to, number / 10);
    to += static_cast<char>('0' + number % 10);
}

/// Writes @p number in decimal; the end of it.
[[nodiscard]] inline char* written(char* to, unsigned number) noexcept
{
    if (number >= 100) {
        to = written(to, number / 100);
        number %= 100;
        *to++ = static_cast<char>('0' + number / 10);
    } else if (number >= 10) {
        *to++ = static_cast<char>('0' + number / 10);
    }
    *to = static_cast<char>('0' + number % 10);
    return to + 1;
}

/// How many digits it has.
[[nodiscard]] constexpr int digits_of(unsigned number) noexcept
{
    if (number < 1000)
        return 1 + (number >= 10 ? 1 : 0) + (number >= 100 ? 1 : 0);
    int digits = 1;
    for (; number >= 10; number /= 10)
        ++digits;
    return digits;
}

}  // namespace tendril::term::detail
