#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/print.hpp>
#include <tendril/term/detail/print_steps.hpp>
#include <tendril/term/width.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

namespace tendril::term::detail {

namespace {

/// Prints a glyph of its own, one or two cells wide.
void place(state& s, char32_t scalar, int width)
{
    if (s.at.pending_wrap && s.is(mode::autowrap))
        wrap_line(s);
    s.at.pending_wrap = false;
    auto end = s.text_end();
    if (s.at.column + width > end) {  // a wide character in the last column
        if (s.is(mode::autowrap)) {
            wrap_line(s);
            end = s.text_end();
        }
        s.at.column = std::max(0, std::min(s.at.column, end - width));
        if (s.at.column + width > end) {  // a region of one column holds none
            scalar = vt::replacement_character;
            width = 1;
        }
    }
    if (s.is(mode::insert))
        s.line().insert(s.at.column, end, width, s.blank_style());
    auto const role = width == 2 ? glyph::role::wide : glyph::role::narrow;
    s.line().put(s.at.column, penned(s, glyph::character(scalar, role)));
    s.join = {.open = true, .column = s.at.column, .last = scalar, .walk = {}};
    s.repeatable = scalar;
    advance(s, width, end);
}

/// The column of the cell before the cursor, or -1: where a mark goes when nothing was just printed.
int column_before(state const& s) noexcept
{
    auto column = s.at.pending_wrap ? s.at.column : s.at.column - 1;
    if (column > 0 && s.lines()[s.at.row].at(column).shown.part() == glyph::role::tail)
        --column;
    return column;
}

/// Whether the cell at @p column, just left of the cursor, can take the cursor's column too.
bool can_widen(state const& s, int column) noexcept
{
    return s.at.column == column + 1 && column + 2 <= s.text_end();
}

/// Adds @p scalar to the cluster in the cell before it. Returns whether it belongs there.
bool join(state& s, char32_t scalar, character_traits const& traits)
{
    auto const may_join = s.join.open && (traits.may_join || s.join.last == zero_width_joiner);
    auto const width = traits.width;
    if (width > 0 && !may_join)
        return false;
    auto const column = s.join.open ? s.join.column : column_before(s);
    if (column < 0)
        return false;
    auto& line = s.line();
    auto shown = line.at(column).shown;
    if (shown.is_blank())
        shown = glyph::character(U' ');
    auto const* const so_far = shown.is_cluster() ? &s.clusters[shown.value()] : nullptr;
    auto const last = so_far ? so_far->back() : static_cast<char32_t>(shown.value());
    auto const before = s.join.open ? s.join.last : last;
    if (!joins_here(traits_of(before).kind, traits.kind, s.join.walk))
        return false;
    s.join.last = scalar;
    if (so_far && so_far->size() >= longest_cluster)
        return true;
    auto const widens = shown.part() == glyph::role::narrow &&
                        (width == 2 || (scalar == emoji_selector && takes_emoji_presentation(last)));
    if (widens && !can_widen(s, column))  // what needs two cells is left out, so that text says its width
        return true;
    auto number = s.clusters.known(shown, scalar);
    if (number == 0)
        number = extended_cluster(s, shown, scalar);
    if (number == 0)
        return true;
    if (!widens) {
        line.replace_glyph(column, glyph::cluster(number, shown.part()));
        return true;
    }
    auto widened = line.at(column);
    widened.shown = glyph::cluster(number, glyph::role::wide);
    auto const end = s.text_end();
    line.put(column, widened);
    advance(s, 1, end);
    return true;
}

/// Whether text that wraps goes from the bottom line to the history, line by line, as a whole screen.
bool scrolls_to_history(state const& s) noexcept
{
    return s.shown == side::primary && s.full_width() && s.region.top == 0 && s.region.bottom == s.rows - 1 &&
           s.at.row == s.rows - 1;
}

/// Of @p run, which begins behind the last column of the bottom line, puts those lines right into the history
/// that would scroll off the screen again, and clears the screen for the others. Returns how many bytes.
std::size_t print_to_history(state& s, std::string_view run, char const* input_end)
{
    auto const width = static_cast<std::size_t>(s.columns);
    auto const height = static_cast<std::size_t>(s.rows);
    auto const lines = (run.size() + width - 1) / width;
    if (lines <= height)
        return 0;
    s.line().set_wrapped(true);
    scroll_up(s, 0, s.rows - 1, s.rows, scrolled_lines::kept);
    auto const done = (lines - height) * width;
    for (std::size_t at = 0; at < done; at += width)
        s.past.push_wrapped(std::span(reinterpret_cast<std::uint8_t const*>(run.data()) + at, width),
                            input_end - (run.data() + at));
    move_to(s, 0, 0);
    return done;
}

void print_mapped(state& s, char byte)
{
    auto& charsets = s.at.charsets;
    auto const which =
        charsets.single_shift == charset_state::no_shift ? charsets.left : charsets.single_shift;
    charsets.single_shift = charset_state::no_shift;
    place(s, mapped(charsets.sets[which], byte), 1);
}

}  // namespace

void print_ascii(state& s, std::string_view run, char const* input_end)
{
    while (!run.empty() && !s.at.charsets.is_plain()) {
        print_mapped(s, run.front());
        run.remove_prefix(1);
    }
    if (run.empty())
        return;
    auto const last = run.back();
    auto const autowrap = s.is(mode::autowrap);
    auto const like = penned(s, {});
    auto const plain = autowrap && !s.is(mode::insert) && like == cell();
    while (!run.empty()) {
        if (s.at.pending_wrap && plain && scrolls_to_history(s))
            run.remove_prefix(print_to_history(s, run, input_end));
        if (s.at.pending_wrap && autowrap)
            wrap_line(s);
        s.at.pending_wrap = false;
        auto const end = s.text_end();
        auto const room = static_cast<std::size_t>(end - s.at.column);
        if (!autowrap && run.size() > room)  // what does not fit overwrites the last column
            run = run.substr(room == 1 ? run.size() - 1 : 0);
        auto const count = std::min(run.size(), room);
        auto const width = static_cast<int>(count);
        if (s.is(mode::insert))
            s.line().insert(s.at.column, end, width, s.blank_style());
        s.line().put_run(s.at.column, run.substr(0, count), input_end - run.data(), like);
        s.join.column = s.at.column + width - 1;
        advance(s, width, end);
        run.remove_prefix(count);
    }
    s.join = {.open = true,
              .column = s.join.column,
              .last = static_cast<char32_t>(static_cast<unsigned char>(last)),
              .walk = {}};
    s.repeatable = s.join.last;
}

void print_text(state& s, std::u32string_view text)
{
    auto const together = s.at.charsets.is_plain() && s.is(mode::autowrap) && !s.is(mode::insert);
    while (!text.empty()) {
        auto const printed = together ? print_together(s, text) : 0;
        if (printed == 0) {
            auto const first = text.front();
            auto const byte = static_cast<char>(first);
            if (first < 0x80)
                print_ascii(s, std::string_view(&byte, 1), &byte + 1);
            else
                print_scalar(s, first);
        }
        text.remove_prefix(std::max<std::size_t>(printed, 1));
    }
}

void print_scalar(state& s, char32_t scalar)
{
    s.at.charsets.single_shift = charset_state::no_shift;
    auto const traits = traits_of(scalar);
    if (!join(s, scalar, traits) && traits.width > 0)
        place(s, scalar, traits.width);
}

}  // namespace tendril::term::detail
