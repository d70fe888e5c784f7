#include <tendril/term/detail/placement.hpp>
#include <tendril/term/difference.hpp>
#include <tendril/term/repaint.hpp>

namespace tendril::term {

namespace {

std::string csi(std::string const& numbers, char final)
{
    return "\x1b[" + numbers + final;
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

}  // namespace

std::string repaint_sequence(terminal const& of)
{
    frame nothing_known;
    auto bytes = difference(nothing_known, of);
    bytes += "\x1b[m\x1b[0\"q\x1b]1;" + of.icon() + "\x1b\\\x1b]2;" + of.title() + "\x1b\\";
    bytes += modes_text(of);
    // With insert mode set, reprinting the last column would shift it: the cell is alone there, so it stays.
    detail::screen_writer writer(of);
    writer.assume_pen({}, false);
    detail::placement(of, writer).finish();
    return bytes + writer.take();
}

}  // namespace tendril::term
