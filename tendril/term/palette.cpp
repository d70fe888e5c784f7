#include <tendril/term/palette.hpp>

#include <array>

namespace tendril::term {

namespace {

// Chosen for contrast of at least 4.5:1 on the default background, black and bright black excepted.
constexpr std::array<rgb, 16> named{{{0x1c, 0x1f, 0x26},
                                     {0xe0, 0x6c, 0x75},
                                     {0x98, 0xc3, 0x79},
                                     {0xe5, 0xc0, 0x7b},
                                     {0x6c, 0xa8, 0xf0},
                                     {0xc6, 0x8a, 0xee},
                                     {0x56, 0xb6, 0xc2},
                                     {0xc8, 0xcc, 0xd4},
                                     {0x6b, 0x72, 0x80},
                                     {0xf4, 0x8a, 0x92},
                                     {0xb5, 0xdb, 0x98},
                                     {0xf2, 0xd4, 0x9b},
                                     {0x91, 0xc1, 0xfa},
                                     {0xdb, 0xb0, 0xf7},
                                     {0x7f, 0xd1, 0xdb},
                                     {0xff, 0xff, 0xff}}};

}  // namespace

rgb default_palette(std::uint8_t index) noexcept
{
    if (index < 16)
        return named[index];
    if (index >= 232) {
        auto const grey = static_cast<std::uint8_t>(8 + 10 * (index - 232));
        return {grey, grey, grey};
    }
    auto const step = [](int level) { return static_cast<std::uint8_t>(level == 0 ? 0 : 55 + 40 * level); };
    auto const cube = index - 16;
    return {step(cube / 36), step(cube / 6 % 6), step(cube % 6)};
}

rgb default_color(int number) noexcept
{
    constexpr rgb dark{0x1c, 0x1f, 0x26};
    constexpr rgb light{0xd7, 0xda, 0xe0};
    if (number < dynamic_foreground)
        return default_palette(static_cast<std::uint8_t>(number));
    switch (number - dynamic_foreground + 10) {
    case 11:  // background
    case 14:  // of the mouse pointer
    case 16:  // of the Tektronix window
        return dark;
    default:
        return light;
    }
}

}  // namespace tendril::term
