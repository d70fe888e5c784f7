#include <tendril/term/detail/controls.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

std::string position_report(state const& s)
{
    auto const origin = s.is(mode::origin);
    auto const row = s.at.row - (origin ? s.region.top : 0) + 1;
    auto const column = s.at.column - (origin ? s.region.left : 0) + 1;
    return std::to_string(row) + ";" + std::to_string(column);
}

/// Whether DECSCL asked for the level that a VT420 does not have; xterm then answers as a VT520.
bool is_vt500(state const& s) noexcept
{
    return s.chosen.level_was_chosen && s.chosen.conformance_level == 5;
}

}  // namespace

void da1(state& s)
{
    // A VT420, as xterm: 132 columns, printer port, selective erase, national sets, technical characters,
    // locator, terminal state, user windows, horizontal scrolling, colour, rectangles, text locator.
    reply(s, std::string(is_vt500(s) ? "\x1b[?65" : "\x1b[?64") + (s.host.shows_images ? ";1;2;4" : ";1;2") +
                 ";6;9;15;16;17;18;21;22;28;29c");
}

void da2(state& s)
{
    // Programs take the second number for xterm's patch level and use what came with it.
    reply(s, is_vt500(s) ? "\x1b[>64;390;0c" : "\x1b[>41;390;0c");
}

void da3(state& s)
{
    reply(s, "\x1bP!|00000000\x1b\\");
}

void xtversion(state& s)
{
    reply(s, "\x1bP>|tendril\x1b\\");
}

void dsr(state& s, numbers n)
{
    if (n[0] == 5)
        reply(s, "\x1b[0n");
    else if (n[0] == 6)
        reply(s, "\x1b[" + position_report(s) + "R");
}

void dsr_dec(state& s, numbers n)
{
    switch (n[0]) {
    case 6:
        reply(s, "\x1b[?" + position_report(s) + ";1R");
        break;
    case 15:
        reply(s, "\x1b[?13n");  // no printer
        break;
    case 25:
        reply(s, s.chosen.keys_locked ? "\x1b[?21n" : "\x1b[?20n");  // user-defined keys
        break;
    case 26:
        reply(s, "\x1b[?27;1;0;0n");  // North American keyboard, ready
        break;
    case 53:
    case 55:
        reply(s, "\x1b[?50n");  // no locator
        break;
    case 56:
        reply(s, "\x1b[?57;0n");
        break;
    case 62:
        reply(s, "\x1b[0*{");  // no room for macros
        break;
    case 63:
        reply(s, "\x1bP" + std::to_string(n[1]) + "!~0000\x1b\\");  // and so their checksum
        break;
    case 75:
        reply(s, "\x1b[?70n");  // data integrity: no errors
        break;
    case 85:
        reply(s, "\x1b[?83n");  // no multiple sessions
        break;
    case 996:
        report_color_scheme(s);
        break;
    default:
        break;
    }
}

void decreqtparm(state& s, numbers n)
{
    if (n[0] <= 1)
        reply(s, "\x1b[" + std::to_string(n[0] + 2) + ";1;1;128;128;1;0x");
}

void report_color_scheme(state& s)
{
    reply(s, s.host.scheme == color_scheme::dark ? "\x1b[?997;1n" : "\x1b[?997;2n");
}

void decrqde(state& s)
{
    reply(s, "\x1b[" + std::to_string(s.rows) + ";" + std::to_string(s.columns) + ";1;1;1\"w");
}

void decrqupss(state& s)
{
    reply(s, "\x1bP0!u%5\x1b\\");  // DEC Supplemental Graphic
}

void decrqlp(state& s)
{
    reply(s, "\x1b[0&w");  // no locator
}

}  // namespace tendril::term::detail
