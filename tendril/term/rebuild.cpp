#include <tendril/term/detail/line_stream.hpp>
#include <tendril/term/detail/placement.hpp>
#include <tendril/term/detail/rebuild_settings.hpp>
#include <tendril/term/rebuild.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term {

namespace {

using detail::side;

/// The steps, in the order in which they leave each other alone.
class rebuilder {
public:
    explicit rebuilder(terminal const& of) : of_(of), s_(of.inner()), to_(of), place_(of, to_)
    {
        to_.assume_pen({}, false);
    }

    std::string bytes()
    {
        std::string stored;
        detail::append_stored_settings(stored, s_);
        to_.raw(stored);
        detail::write_stored_renditions(to_, s_);
        if (s_.shown == side::primary && is_used(on(side::alternate)))
            paint_hidden_alternate();
        paint_primary();
        if (s_.shown == side::alternate)
            paint_shown_alternate();
        std::string present;
        detail::append_present_settings(present, of_);
        detail::append_present_modes(present, s_);
        to_.raw(present);
        place_.finish();
        to_.raw(last_words());
        return to_.take();
    }

private:
    [[nodiscard]] detail::screen const& on(side which) const noexcept
    {
        return s_.screens[static_cast<std::size_t>(which)];
    }

    [[nodiscard]] bool is_used(detail::screen const& which) const noexcept
    {
        auto used = !which.keyboard_flags.empty() || which.saved.column != 0 || which.saved.row != 0;
        for (int y = 0; y < s_.rows && !used; ++y)
            used = which.lines[y].used() != 0 || !(which.lines[y].fill() == rendition());
        return used;
    }

    /// First of all, so that a terminal without mode 47 paints over it.
    void paint_hidden_alternate()
    {
        to_.raw("\x1b[?47h");
        begin_screen();
        paint_screen(on(side::alternate));
        store(side::alternate, save_of(side::alternate));
        to_.raw("\x1b[?47l");
    }

    void paint_primary()
    {
        begin_screen();
        auto const lines = s_.past.size();
        detail::line_stream stream(of_, to_);
        auto const& screen = on(side::primary);
        row line;
        row next;
        s_.past.read(0, line);
        for (std::size_t i = 0; i < lines; ++i, std::swap(line, next)) {
            auto const is_last = i + 1 == lines;
            if (!is_last)
                s_.past.read(i + 1, next);
            stream.write(line, is_last ? &screen.lines[0] : &next);
        }
        write_screen(stream, screen);
        auto const enters = s_.shown == side::alternate && saves_on_entering();
        store(side::primary, enters ? entering() : save_of(side::primary));
    }

    void paint_shown_alternate()
    {
        to_.raw(saves_on_entering() ? "" : entering());
        begin_screen();
        paint_screen(on(side::alternate));
        store(side::alternate, save_of(side::alternate));
    }

    [[nodiscard]] bool saves_on_entering() const noexcept { return s_.is(mode::alternate_1049); }

    [[nodiscard]] std::string_view entering() const noexcept
    {
        if (saves_on_entering())
            return "\x1b[?1049h";
        return s_.is(mode::alternate_47) ? "\x1b[?47h" : "\x1b[?1047h";
    }

    /// Mode 1048 is set together with the cursor of the screen that is shown.
    [[nodiscard]] std::string_view save_of(side which) const noexcept
    {
        return which == s_.shown && s_.is(mode::saved_cursor_1048) ? "\x1b[?1048h"
                                                                   : "\x1b"
                                                                     "7";
    }

    void begin_screen()
    {
        to_.use({});
        to_.raw("\x1b[H\x1b[J");
        to_.assume_position(0, 0);
    }

    void paint_screen(detail::screen const& which)
    {
        detail::line_stream stream(of_, to_);
        write_screen(stream, which);
    }

    void write_screen(detail::line_stream& stream, detail::screen const& which)
    {
        for (int y = 0; y < s_.rows; ++y)
            stream.write(which.lines[y], y + 1 < s_.rows ? &which.lines[y + 1] : nullptr);
        to_.close_link();
    }

    /// What a screen has put aside: the flags of the keyboard and a cursor.
    void store(side which, std::string_view save)
    {
        for (auto const each : on(which).keyboard_flags)
            to_.raw("\x1b[>" + std::to_string(each) + "u");
        place_.save(on(which), save);
    }

    /// What changes how everything after it is understood.
    [[nodiscard]] std::string last_words() const
    {
        std::string bytes;
        if (s_.chosen.guard == detail::protection::iso)
            bytes += s_.at.pen.style.has(attribute::guarded) ? "\x1bV" : "\x1bV\x1bW";
        if (s_.is(mode::insert))
            bytes += "\x1b[4h";
        if (s_.chosen.eight_bit_input)
            bytes += "\x1b%@";
        if (!s_.is(mode::ansi)) {
            bytes += "\x1b[?2l";
            if (s_.at.charsets.sets[0] == detail::charset::dec_graphics)
                bytes += "\x1b"
                         "F";
            if (s_.vt52_operands > 0)
                bytes += "\x1bY";
            if (s_.vt52_operands == 1)
                bytes += static_cast<char>(s_.vt52_row + ' ');
        }
        if (s_.chosen.status_line_selected)
            bytes += "\x1b[1$}";
        return bytes + s_.parser.unfinished();
    }

    terminal const& of_;
    detail::state const& s_;
    detail::screen_writer to_;
    detail::placement place_;
};

}  // namespace

std::string rebuild_sequence(terminal const& of)
{
    return rebuilder(of).bytes();
}

}  // namespace tendril::term
