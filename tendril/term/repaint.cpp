#include <tendril/term/detail/charset_name.hpp>
#include <tendril/term/detail/screen_writer.hpp>
#include <tendril/term/detail/state.hpp>
#include <tendril/term/difference.hpp>
#include <tendril/term/repaint.hpp>

namespace tendril::term {

namespace {

std::string csi(std::string const& numbers, char final)
{
    return "\x1b[" + numbers + final;
}

std::string cup(int row, int column)
{
    return csi(std::to_string(row + 1) + ";" + std::to_string(column + 1), 'H');
}

/// Modes that are set by other means here, or whose setting would disturb what is painted.
bool is_painted_otherwise(mode_entry const& entry) noexcept
{
    switch (entry.what) {
    case mode::alternate_47:
    case mode::alternate_1047:
    case mode::alternate_1049:
    case mode::alternate_allowed:
    case mode::ansi:
    case mode::saved_cursor_1048:
    case mode::columns_132:
    case mode::left_right_margins:
    case mode::origin:
        return true;
    default:
        return entry.access != mode_access::settable || belongs_to_window(entry.what);
    }
}

std::string modes_text(terminal const& of)
{
    std::string bytes;
    for (auto const each : {'l', 'h'})  // resets first: setting one of a group resets the others
        for (auto const& entry : mode_table())
            if (!is_painted_otherwise(entry) && of.is(entry.what) == (each == 'h'))
                bytes +=
                    csi((entry.space == mode_space::dec ? "?" : "") + std::to_string(entry.number), each);
    return bytes;
}

/// Double width and height, once the lines are painted: all of their cells are there then, seen or not.
std::string line_sizes_text(terminal const& of)
{
    constexpr std::string_view finals = "5634";
    std::string bytes;
    for (int y = 0; y < of.size().rows; ++y)
        if (auto const size = of.line(y).size(); size != line_size::single)
            bytes += cup(y, 0) + "\x1b#" + finals[static_cast<std::size_t>(size)];
    return bytes;
}

std::string margins_text(detail::state const& inner)
{
    std::string bytes;
    if (inner.region.top != 0 || inner.region.bottom != inner.rows - 1)
        bytes +=
            csi(std::to_string(inner.region.top + 1) + ";" + std::to_string(inner.region.bottom + 1), 'r');
    if (inner.is(mode::left_right_margins)) {
        bytes += "\x1b[?69h";
        if (!inner.full_width())
            bytes += csi(std::to_string(inner.region.left + 1) + ";" + std::to_string(inner.region.right + 1),
                         's');
    }
    if (inner.is(mode::origin))
        bytes += "\x1b[?6h";
    return bytes;
}

/// Leaves the cursor where it is, in a pending wrap if need be, with the pen of @p of.
std::string cursor_text(terminal const& of)
{
    auto const& inner = of.inner();
    auto const at = of.cursor();
    auto const row = at.row - (inner.is(mode::origin) ? inner.region.top : 0);
    auto const column = at.column - (inner.is(mode::origin) ? inner.region.left : 0);
    detail::screen_writer with(of);
    with.assume_pen({}, false);
    if (!at.pending_wrap) {
        with.raw(cup(row, column));
    } else {  // only printing in the last column brings one about
        auto const& line = of.line(at.row);
        auto const is_tail = at.column > 0 && line.at(at.column).shown.part() == glyph::role::tail;
        auto const last = line.at(is_tail ? at.column - 1 : at.column);
        with.use(last);
        with.raw(cup(row, is_tail ? column - 1 : column));
        with.print(last);
        with.assume_position(row, column);
        if (last.shown.is_blank())  // it was erased since; DECERA does not end the pending wrap
            with.erase_one_in_place();
    }
    with.use({.style = inner.at.pen.style, .shown = {}, .decoration = inner.at.pen.decoration});
    return with.take();
}

std::string charsets_text(detail::charset_state const& used)
{
    std::string bytes;
    for (std::size_t i = 0; i < used.sets.size(); ++i)
        if (used.sets[i] != detail::charset::ascii)
            bytes += detail::designation(used.sets[i], i);
    constexpr std::string_view shifts[] = {"", "\x0e", "\x1bn", "\x1bo"};
    return bytes + std::string(shifts[used.left]);
}

}  // namespace

std::string repaint_sequence(terminal const& of)
{
    auto const& inner = of.inner();
    frame nothing_known;
    auto bytes = difference(nothing_known, of) + line_sizes_text(of);
    bytes += "\x1b[m\x1b[0\"q\x1b]1;" + of.icon() + "\x1b\\\x1b]2;" + of.title() + "\x1b\\";
    bytes += modes_text(of) + margins_text(inner);
    // With insert mode set, reprinting the last column would shift it: the cell is alone there, so it stays.
    bytes += cursor_text(of);
    return bytes + charsets_text(inner.at.charsets);
}

}  // namespace tendril::term
