#include <tendril/term/detail/charset_name.hpp>
#include <tendril/term/detail/sgr_text.hpp>
#include <tendril/term/detail/state.hpp>
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

/// Writes cells and keeps track of what the outer terminal's pen is.
class painter {
public:
    explicit painter(terminal const& of) : of_(of) {}

    std::string take() { return std::move(bytes_); }

    void line(int y)
    {
        auto const& from = of_.line(y);
        auto const columns = static_cast<int>(of_.size().columns);
        for (int x = 0; x < columns;) {
            auto const here = from.at(x);
            auto const wide = here.shown.part() == glyph::role::wide;
            if (here.shown.is_blank())
                x = blanks(from, y, x, columns);
            else {
                write(y, x, here);
                x += wide ? 2 : 1;
            }
        }
    }

    /// One cell with its pen, the cursor being moved there first unless it is there already.
    void write(int y, int x, cell const& what)
    {
        move(y, x);
        use(what);
        of_.append_text(what.shown, bytes_);
        column_ = x + (what.shown.part() == glyph::role::wide ? 2 : 1);
    }

    void use(cell const& like)
    {
        if (!(like.style == pen_.style) || like.decoration != pen_.decoration) {
            auto const underline = of_.underline_color_of(like);
            bytes_ += csi(detail::sgr_numbers(like.style) + detail::underline_color_number(underline), 'm');
            if (like.style.has(attribute::guarded) != pen_.style.has(attribute::guarded))
                bytes_ += like.style.has(attribute::guarded) ? "\x1b[1\"q" : "\x1b[0\"q";
        }
        auto const* const wanted = of_.link_of(like);
        if (wanted != of_.link_of(pen_)) {
            bytes_ += "\x1b]8;";
            if (wanted && !wanted->id.empty())
                bytes_ += "id=" + wanted->id;
            bytes_ += ";" + (wanted ? wanted->target : std::string()) + "\x1b\\";
        }
        pen_ = {.style = like.style, .shown = {}, .decoration = like.decoration};
    }

private:
    void move(int y, int x)
    {
        if (row_ != y || column_ != x)
            bytes_ += cup(y, x);
        row_ = y;
        column_ = x;
    }

    /// Skips blanks from @p x on; those with a background are erased in it. Returns where they end.
    int blanks(row const& from, int y, int x, int columns)
    {
        auto const first = from.at(x);
        auto end = x;
        while (end < columns && from.at(end) == first)
            ++end;
        if (!first.style.background().is_default()) {
            move(y, x);
            use(first);
            bytes_ += end == columns ? csi("", 'K') : csi(std::to_string(end - x), 'X');
        }
        return end;
    }

    terminal const& of_;
    std::string bytes_;
    cell pen_;
    int row_ = -1;
    int column_ = -1;
};

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

/// Leaves the cursor where it is, in a pending wrap if need be, with the pen and the charsets of @p of.
std::string cursor_text(terminal const& of, painter& with)
{
    auto const& inner = of.inner();
    auto const at = of.cursor();
    auto const origin_row = inner.is(mode::origin) ? inner.region.top : 0;
    auto const origin_column = inner.is(mode::origin) ? inner.region.left : 0;
    if (at.pending_wrap) {  // only printing in the last column brings one about
        auto column = at.column;
        if (column > 0 && of.line(at.row).at(column).shown.part() == glyph::role::tail)
            --column;
        auto const last = of.line(at.row).at(column);
        with.use(last);
        auto bytes = with.take() + cup(at.row - origin_row, column - origin_column);
        of.append_text(last.shown, bytes);
        if (last.shown.is_blank()) {  // it was erased since; DECERA does not end the pending wrap
            auto const place =
                std::to_string(at.row - origin_row + 1) + ";" + std::to_string(column - origin_column + 1);
            bytes += csi(place + ";" + place + "$", 'z');
        }
        with.use({.style = inner.at.pen.style, .shown = {}, .decoration = inner.at.pen.decoration});
        return bytes + with.take();
    }
    with.use({.style = inner.at.pen.style, .shown = {}, .decoration = inner.at.pen.decoration});
    return cup(at.row - origin_row, at.column - origin_column) + with.take();
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
    std::string bytes = of.shown() == screen_kind::alternate ? "\x1b[?1049h" : "\x1b[?1049l";
    bytes += "\x1b[!p\x1b[?7l\x1b[4l\x1b(B\x1b)B\x1b*B\x1b+B\x0f\x1b[m\x1b[0\"q\x1b]8;;\x1b\\\x1b[2J";
    painter paint(of);
    for (int y = 0; y < of.size().rows; ++y)
        paint.line(y);
    paint.use({});
    bytes += paint.take() + line_sizes_text(of);
    bytes += "\x1b]1;" + of.icon() + "\x1b\\\x1b]2;" + of.title() + "\x1b\\";
    bytes += csi(std::to_string(2 * static_cast<int>(inner.shape) + 1) + " ", 'q');
    bytes += modes_text(of) + margins_text(inner);
    if (of.keyboard_flags() != 0)
        bytes += csi(">" + std::to_string(of.keyboard_flags()), 'u');
    if (of.key_modifier_options() != 0)
        bytes += csi(">4;" + std::to_string(of.key_modifier_options()), 'm');
    // With insert mode set, reprinting the last column would shift it: the cell is alone there, so it stays.
    bytes += cursor_text(of, paint);
    return bytes + charsets_text(inner.at.charsets);
}

}  // namespace tendril::term
