#include <tendril/term/detail/column_mask.hpp>
#include <tendril/term/detail/numbers.hpp>
#include <tendril/term/detail/screen_writer.hpp>
#include <tendril/term/detail/state.hpp>
#include <tendril/term/width.hpp>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace tendril::term::detail {

namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t first_that_may_join = 0xA0;

/// How long CSI and a number are; 1 is left out, being the default.
int length_of(int number) noexcept
{
    return 3 + (number == 1 ? 0 : digits_of(static_cast<unsigned>(number)));
}

int length_of_cup(int row, int column) noexcept
{
    if (row == 0 && column == 0)
        return 3;
    auto const rows = 3 + digits_of(static_cast<unsigned>(row + 1));
    return column == 0 ? rows : rows + 1 + digits_of(static_cast<unsigned>(column + 1));
}

}  // namespace

void screen_writer::assume_position(int row, int column) noexcept
{
    row_ = row;
    column_ = column;
    last_printed_ = 0;
}

void screen_writer::assume_pen(sgr_look const& look, bool guarded) noexcept
{
    look_ = look;
    guarded_ = guarded;
}

void screen_writer::cup(int row, int column)
{
    constexpr std::size_t most = 14;
    auto* at = bytes_.room(most);
    *at++ = '\x1b';
    *at++ = '[';
    if (row != 0 || column != 0)
        at = written(at, static_cast<unsigned>(row + 1));
    if (column != 0) {
        *at++ = ';';
        at = written(at, static_cast<unsigned>(column + 1));
    }
    *at++ = 'H';
    bytes_.took_until(at);
}

void screen_writer::leave_for(int row, int column)
{
    auto const known = row_ != unknown;
    last_printed_ = 0;
    auto const settled =
        known && column_ < columns_;  // out of a pending wrap relative steps are not portable
    if (known && column == 0 && row >= row_ && row - row_ < length_of_cup(row, 0)) {
        constexpr std::string_view next_lines = "\r\n\n\n\n\n\n\n\n";  // no CUP is as long
        next_lines.copy(bytes_.room(next_lines.size()), next_lines.size());
        bytes_.took(1 + static_cast<std::size_t>(row - row_));
    } else if (settled && row == row_) {
        go_back(column);
    } else if (settled && column == column_ && length_of(std::abs(row - row_)) < length_of_cup(row, column)) {
        csi(static_cast<unsigned>(std::abs(row - row_)), row > row_ ? 'B' : 'A');
    } else {
        cup(row, column);
    }
    row_ = row;
    column_ = column;
}

void screen_writer::go_back(int column)
{
    auto const distance = column_ - column;
    auto const relative = length_of(distance);
    auto const absolute = length_of(column + 1);
    if (distance <= std::min(relative, absolute))
        bytes_.append(static_cast<std::size_t>(distance), '\b');
    else if (absolute < relative)
        csi(static_cast<unsigned>(column + 1), 'G');
    else
        csi(static_cast<unsigned>(distance), 'D');
}

char32_t screen_writer::first_of(glyph shown) const
{
    return shown.is_cluster() ? of_.inner().clusters[shown.value()].front()
                              : static_cast<char32_t>(shown.value());
}

char32_t screen_writer::last_of(glyph shown) const
{
    return shown.is_cluster() ? of_.inner().clusters[shown.value()].back()
                              : static_cast<char32_t>(shown.value());
}

bool screen_writer::would_join(cell const& next) const
{
    if (last_printed_ == 0)
        return false;
    auto const first = first_of(next.shown);
    if (first < first_that_may_join)
        return false;
    return last_printed_ == zero_width_joiner || traits_of(first).may_join;
}

bool screen_writer::starts_wide(cell const& what) const
{
    return what.shown.part() == glyph::role::wide && traits_of(first_of(what.shown)).width == 2;
}

void screen_writer::print(cell const& what)
{
    use(what);
    if (column_ == columns_) {
        ++row_;
        column_ = 0;
    }
    auto const shown = what.shown;
    if (auto const wide = shown.part() == glyph::role::wide; wide && column_ + 2 > columns_) {
        ++row_;  // the client wraps it whole
        column_ = 2;
    } else {
        column_ += wide ? 2 : 1;
    }
    if (!shown.is_cluster() && shown.value() < 0x80) {
        bytes_ += shown.is_blank() ? ' ' : static_cast<char>(shown.value());
        last_printed_ = ' ';
        return;
    }
    std::string text;
    of_.append_text(shown, text);
    bytes_ += text;
    last_printed_ = last_of(shown);
}

void screen_writer::print_apart(std::uint64_t columns, int first, std::uint8_t const* bytes,
                                rendition const* styles)
{
    constexpr std::string_view near = "\x1b[ C ";
    constexpr std::string_view far = "\x1b[  C ";
    constexpr unsigned nearest = 5;
    if (columns == 0 || needs_change(look_.style))
        return;
    auto* const from = bytes_.room(static_cast<std::size_t>(std::popcount(columns)) * far.size());
    auto* at = from;
    auto column = column_ - first;
    for (; columns != 0; columns &= columns - 1) {
        auto const next = std::countr_zero(columns);
        auto const distance = static_cast<unsigned>(next - column);
        auto const byte = bytes[next];
        if (distance - nearest >= 100 - nearest || byte - 1u >= 0x7F ||
            (styles ? styles[next] : rendition()) != look_.style)
            break;
        auto const is_far = distance >= 10;
        std::memcpy(at, is_far ? far.data() : near.data(), far.size());
        at[2] = static_cast<char>('0' + (is_far ? distance / 10 : distance));
        if (is_far)
            at[3] = static_cast<char>('0' + distance % 10);
        at += is_far ? far.size() : near.size();
        at[-1] = static_cast<char>(byte);
        column = next + 1;
    }
    if (at != from) {
        bytes_.took_until(at);
        column_ = first + column;
        last_printed_ = ' ';
    }
}

void screen_writer::repeat(int count)
{
    csi(static_cast<unsigned>(count), 'b');
    column_ += count;
}

void screen_writer::part()
{
    csi(static_cast<unsigned>(column_ + 1), 'G');
    last_printed_ = 0;
}

/// The pen has no underline colour, and gets none.
void screen_writer::change_style(rendition to)
{
    if (memo_.append(bytes_, look_.style, to)) {
        look_.style = to;
        return;
    }
    auto const from = look_.style;
    auto const start = bytes_.size();
    look_.style = to;
    append_sgr_change(bytes_, {.style = from, .underline = {}}, look_);
    memo_.keep(from, to, bytes_, start);
}

void screen_writer::change_to(cell const& like)
{
    if (like.decoration == 0 && link_ == nullptr && look_.underline.is_default() &&
        like.style.has(attribute::guarded) == guarded_) {
        change_style(like.style);
        return;
    }
    auto const underline = of_.underline_color_of(like);
    if (!(like.style == look_.style) || !(underline == look_.underline)) {
        sgr_look const wanted{.style = like.style, .underline = underline};
        append_sgr_change(bytes_, look_, wanted);
        look_ = wanted;
    }
    if (auto const guard = like.style.has(attribute::guarded); guard != guarded_) {
        bytes_ += guard ? std::string_view("\x1b[1\"q") : std::string_view("\x1b[0\"q");
        last_printed_ = 0;
        guarded_ = guard;
    }
    use_link(of_.link_of(like));
}

void screen_writer::use_background(rendition style)
{
    if (look_.style.background() == style.background())
        return;
    auto wanted = look_;
    wanted.style.set_background(style.background());
    sgr_look const plain{.style = style.erased(), .underline = {}};
    output_buffer kept;
    output_buffer dropped;
    append_sgr_change(kept, look_, wanted);
    append_sgr_change(dropped, look_, plain);
    look_ = dropped.size() <= kept.size() ? plain : wanted;
    bytes_ += dropped.size() <= kept.size() ? dropped.text() : kept.text();
}

void screen_writer::use_link(link const* wanted)
{
    if (wanted == link_)
        return;
    bytes_ += "\x1b]8;";
    if (wanted && !wanted->id.empty())
        bytes_ += "id=" + wanted->id;
    bytes_ += ';';
    if (wanted)
        bytes_ += wanted->target;
    bytes_ += "\x1b\\";
    link_ = wanted;
}

void screen_writer::close_link()
{
    use_link(nullptr);
}

void screen_writer::erase_cells(int count)
{
    csi(static_cast<unsigned>(count), 'X');
}

void screen_writer::erase_line_right()
{
    bytes_ += "\x1b[K";
}

void screen_writer::erase_screen_below()
{
    bytes_ += "\x1b[J";
}

void screen_writer::erase_one_in_place()
{
    bytes_ += "\x1b[";
    for (auto const corner : {row_ + 1, std::min(column_, columns_ - 1) + 1, row_ + 1}) {
        append_number(bytes_, static_cast<unsigned>(corner));
        bytes_ += ';';
    }
    append_number(bytes_, static_cast<unsigned>(std::min(column_, columns_ - 1) + 1));
    bytes_ += "$z";
}

void screen_writer::scroll_up(int count)
{
    csi(static_cast<unsigned>(count), 'S');
}

void screen_writer::scroll_down(int count)
{
    csi(static_cast<unsigned>(count), 'T');
}

void screen_writer::insert_lines(int count)
{
    csi(static_cast<unsigned>(count), 'L');
    forget_position();  // some terminals go to the first column, some do not
}

void screen_writer::delete_lines(int count)
{
    csi(static_cast<unsigned>(count), 'M');
    forget_position();
}

void screen_writer::region(int top, int last)
{
    bytes_ += "\x1b[";
    append_number(bytes_, static_cast<unsigned>(top + 1));
    bytes_ += ';';
    append_number(bytes_, static_cast<unsigned>(last + 1));
    bytes_ += 'r';
    assume_position(0, 0);
}

void screen_writer::whole_region()
{
    bytes_ += "\x1b[r";
    assume_position(0, 0);
}

void screen_writer::choose_line_size(line_size size)
{
    constexpr std::string_view finals = "5634";
    bytes_ += "\x1b#";
    bytes_ += finals[static_cast<std::size_t>(size)];
    last_printed_ = 0;
}

std::string screen_writer::take()
{
    return bytes_.take();
}

}  // namespace tendril::term::detail
