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

/// How many digits it has.
[[nodiscard]] constexpr int digits_of(unsigned number) noexcept
{
    int digits = 1;
    for (; number >= 10; number /= 10)
        ++digits;
    return digits;
}

}  // namespace tendril::term::detail
