#include <tendril/term/detail/controls.hpp>

#include <algorithm>

namespace tendril::term::detail {

// Differences from a VT52: its escape sequences that start a string in ANSI mode (ESC [, ], ^, _ and P, all
// of them about printing and copying) are taken as strings; the printer functions do nothing.

void vt52(state& s, char final)
{
    s.vt52_operands = 0;  // an address that another sequence interrupts is given up
    switch (final) {
    case 'A':
        cuu(s, {});
        break;
    case 'B':
        cud(s, {});
        break;
    case 'C':
        cuf(s, {});
        break;
    case 'D':
        cub(s, {});
        break;
    case 'F':
        s.at.charsets.sets[0] = charset::dec_graphics;
        s.at.charsets.left = 0;
        break;
    case 'G':
        s.at.charsets = {};
        break;
    case 'H':
        move_to(s, 0, 0);
        break;
    case 'I':
        ri(s);
        break;
    case 'J':
        ed(s, {}, erasure::all);
        break;
    case 'K':
        el(s, {}, erasure::all);
        break;
    case 'Y':
        s.vt52_operands = 2;
        break;
    case 'Z':
        reply(s, "\x1b/Z");
        break;
    case '=':
        deckpam(s);
        break;
    case '>':
        deckpnm(s);
        break;
    case '<':
        s.set_mode(mode::ansi, true);
        s.at.charsets = {};
        notify(s, {.what = event::kind::mode, .on = true, .text = "?2"});
        break;
    case 'c':
        ris(s);
        break;
    default:
        break;
    }
}

bool vt52_operand(state& s, char32_t scalar)
{
    if (scalar > 0x7F) {
        s.vt52_operands = 0;
        return false;
    }
    auto const value = static_cast<int>(scalar) - 0x20;
    if (s.vt52_operands-- == 2) {
        s.vt52_row = value;
        return true;
    }
    // A line beyond the screen leaves the line as it is, a column beyond it is the last one (VT52 manual).
    auto const row = s.vt52_row < s.rows ? s.vt52_row : s.at.row;
    move_to(s, std::min(value, s.columns - 1), row);
    return true;
}

}  // namespace tendril::term::detail
