#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/sgr_text.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

// Pixels of a cell where a program insists on pixels: the VT340's ratio, as xterm's default font is near.
constexpr int cell_width = 8;
constexpr int cell_height = 16;

std::string position_report(state const& s)
{
    auto const origin = s.is(mode::origin);
    auto const row = s.at.row - (origin ? s.region.top : 0) + 1;
    auto const column = s.at.column - (origin ? s.region.left : 0) + 1;
    return std::to_string(row) + ";" + std::to_string(column);
}

void report(state& s, char const* head, int rows, int columns)
{
    reply(s, head + std::to_string(rows) + ";" + std::to_string(columns) + "t");
}

int cursor_style_number(state const& s)
{
    return 2 * static_cast<int>(s.shape) + (s.is(mode::cursor_blink) ? 1 : 2);
}

}  // namespace

void da1(state& s)
{
    // A VT420 with selective erase, ANSI colour and rectangles.
    reply(s, "\x1b[?64;6;22;28c");
}

void da2(state& s)
{
    reply(s, "\x1b[>41;1;0c");
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
        reply(s, "\x1b[?21n");  // user-defined keys are locked
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
        reply(s, "\x1b[?997;1n");  // dark
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

void decrqss(state& s, std::string_view payload)
{
    std::string answer;
    if (payload == "m")
        answer = sgr_numbers(s.at.pen.style) + "m";
    else if (payload == "r")
        answer = std::to_string(s.region.top + 1) + ";" + std::to_string(s.region.bottom + 1) + "r";
    else if (payload == "s")
        answer = std::to_string(s.region.left + 1) + ";" + std::to_string(s.region.right + 1) + "s";
    else if (payload == " q")
        answer = std::to_string(cursor_style_number(s)) + " q";
    else if (payload == "\"q")
        answer = (s.at.pen.style.has(attribute::guarded) ? "1\"q" : "0\"q");
    else if (payload == "\"p")
        answer = "64;1\"p";
    else if (payload == "t")
        answer = std::to_string(s.rows) + "t";
    else if (payload == "$|")
        answer = std::to_string(s.columns) + "$|";
    if (answer.empty())
        reply(s, "\x1bP0$r\x1b\\");
    else
        reply(s, "\x1bP1$r" + answer + "\x1b\\");
}

void xtgettcap(state& s, std::string_view)
{
    reply(s, "\x1bP0+r\x1b\\");  // no capability is answered: terminfo says what a terminal can do
}

void xtwinops(state& s, numbers n)
{
    switch (n[0]) {
    case 11:
        reply(s, "\x1b[1t");
        break;
    case 13:
        reply(s, "\x1b[3;0;0t");
        break;
    case 14:
        report(s, "\x1b[4;", s.rows * cell_height, s.columns * cell_width);
        break;
    case 16:
        report(s, "\x1b[6;", cell_height, cell_width);
        break;
    case 18:
        report(s, "\x1b[8;", s.rows, s.columns);
        break;
    case 19:
        report(s, "\x1b[9;", s.rows, s.columns);
        break;
    case 20:
        reply(s, "\x1b]L\x1b\\");  // never the title itself: it would be typed into a shell
        break;
    case 21:
        reply(s, "\x1b]l\x1b\\");
        break;
    case 22:
        if (s.title_stack.size() == s.limits.titles_stacked && !s.title_stack.empty())
            s.title_stack.erase(s.title_stack.begin());
        s.title_stack.emplace_back(s.title, s.icon);
        break;
    case 23: {
        if (s.title_stack.empty())
            break;
        auto const [title, icon] = s.title_stack.back();
        s.title_stack.pop_back();
        if (n[1] != 1) {
            s.title = title;
            notify(s, {.what = event::kind::title, .text = title, .detail = {}});
        }
        if (n[1] != 2) {
            s.icon = icon;
            notify(s, {.what = event::kind::icon, .text = icon, .detail = {}});
        }
        break;
    }
    default:
        break;
    }
}

void decscusr(state& s, numbers n)
{
    if (n[0] > 6)
        return;
    auto const style = n.at_or(0, 1);
    s.shape = static_cast<cursor_shape>((style - 1) / 2);
    s.set_mode(mode::cursor_blink, style % 2 == 1);
}

}  // namespace tendril::term::detail
