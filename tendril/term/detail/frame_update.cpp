#include <tendril/term/detail/frame_update.hpp>
#include <tendril/term/detail/state.hpp>

#include <algorithm>
#include <numeric>

namespace tendril::term::detail {

namespace {

constexpr int most_scrolls = 4;         // more blocks than this never moved at once
constexpr int most_line_feeds = 4;      // what SU takes
constexpr std::size_t usual_line = 64;  // bytes of a line that is painted

constexpr std::string_view to_baseline =
    "\x1b%G\x1b[?6;45;69;1045l\x1b[?7h\x1b[4;20l\x1b[r\x1b(B\x0f\x1b[m\x1b[0\"q\x1b]8;;\x1b\\";
// What mode 1049 restores was saved before our time if the client showed its alternate screen then.
constexpr std::string_view after_restoring = "\x1b[?6l\x1b(B\x0f\x1b[m\x1b[0\"q";
constexpr std::string_view to_alternate = "\x1b[?1049h";
constexpr std::string_view to_primary = "\x1b[?1049l";

std::array<std::uint64_t, 3> sweeps_of(terminal const& of) noexcept
{
    auto const& inner = of.inner();
    return {inner.clusters.sweeps(), inner.decorations.sweeps(), inner.links.sweeps()};
}

bool is_blank_in(row const& line, rendition fill) noexcept
{
    return !line.wrapped() && line.fill() == fill && text_end(line) == 0;
}

bool is_blank_in(seen_line const& line, rendition fill) noexcept
{
    return !line.wrapped() && line.fill() == fill && line.text_end() == 0;
}

}  // namespace

frame_update::frame_update(frame& client, terminal const& now, client_abilities const& can)
    : client_(client), now_(now), screen_(now.inner().lines()), can_(can), to_(now)
{
}

std::vector<seen_line>& frame_update::lines() noexcept
{
    return client_.lines_[static_cast<std::size_t>(now_.shown())];
}

void frame_update::find_stale_lines()
{
    stale_.clear();
    stale_.reserve(static_cast<std::size_t>(screen_.rows()));
    auto const& has = lines();
    for (int y = 0; y < screen_.rows(); ++y)
        if (!has[static_cast<std::size_t>(y)].is_known_as(screen_[y]))
            stale_.push_back(y);
}

bool frame_update::is_current(frame const& client, terminal const& now) noexcept
{
    return client.known_ && client.generation_ == now.generation() && client.size_ == now.size();
}

std::string frame_update::bytes()
{
    if (!client_.known_ || client_.size_ != now_.size())
        start_anew();
    else
        resume();
    find_stale_lines();
    if (stale_.size() > 1) {
        to_.expect(stale_.size() * usual_line);
        follow_scrolls();
        clear_below();
    }
    paint_lines();
    to_.close_link();
    set_settings();
    place_cursor();
    to_.close_link();
    remember();
    auto bytes = to_.take();
    if (can_.synchronizes && !bytes.empty())
        bytes = "\x1b[?2026h" + bytes + "\x1b[?2026l";
    return bytes;
}

void frame_update::start_anew()
{
    auto const alternate = now_.shown() == screen_kind::alternate;
    to_.raw(alternate ? "" : to_primary);
    to_.raw(to_baseline);  // what 1049 saves on the way in it restores on the way out
    to_.raw(alternate ? to_alternate : "");
    client_.lines_ = {};
    to_.assume_pen({}, false);
    assume_blank_screen();
    to_.assume_position(0, 0);
    to_.raw("\x1b[H\x1b#5\x1b[J");
    auto wanted = settings_of(now_);
    to_.raw(modes_from_unknown(wanted));
    client_.settings_.modes = wanted.modes;
    client_.settings_.shape = wanted.shape;
    client_.settings_.blink = wanted.blink;
}

void frame_update::resume()
{
    to_.assume_pen({.style = client_.style_, .underline = client_.underline_color_}, client_.guarded_);
    to_.assume_position(client_.cursor_row_, client_.cursor_column_);
    to_.assume_printed(client_.last_printed_);
    auto const switches = client_.shown_ != now_.shown();
    auto const doubtful = client_.sweeps_ != sweeps_of(now_);
    if (doubtful)
        for (auto const which : {screen_kind::primary, screen_kind::alternate})
            if (switches || which != now_.shown())
                client_.lines_[static_cast<std::size_t>(which)].clear();
    if (switches)
        switch_screen();
    else if (doubtful)
        doubt_numbers();
}

/// Both ways through mode 1049, which saves and restores cursor and pen: the pen is plain at both ends.
void frame_update::switch_screen()
{
    to_.use({});
    auto const enters = now_.shown() == screen_kind::alternate;
    to_.raw(enters ? to_alternate : to_primary);
    if (!enters)
        to_.raw(after_restoring);
    to_.forget_position();
    if (enters) {
        assume_blank_screen();
    } else if (lines().empty()) {
        to_.go(0, 0);
        to_.erase_screen_below();
        assume_blank_screen();
    }
}

void frame_update::assume_blank_screen()
{
    lines().resize(now_.size().rows);
    for (auto& each : lines())
        each.blank({});
}

/// The terminal has given out numbers anew: lines with clusters or decorations may look the same and differ.
void frame_update::doubt_numbers()
{
    for (int y = 0; y < now_.size().rows; ++y) {
        auto& line = lines()[static_cast<std::size_t>(y)];
        if (!line.refers_to_tables())
            continue;
        make_single(y);
        to_.go(y, 0);
        to_.use_background({});
        to_.erase_line_right();
        line.blank({});
    }
}

void frame_update::follow_scrolls()
{
    for (int round = 0; round < most_scrolls; ++round) {
        auto const moved = find_moved_lines(lines(), now_, hashes_);
        if (!moved)
            return;
        apply(*moved);
        has_scrolled_ = true;
        find_stale_lines();
    }
}

void frame_update::apply(moved_lines const& moved)
{
    auto const up = moved.shift > 0;
    auto const count = std::abs(moved.shift);
    auto const top = up ? moved.first : moved.first - count;
    auto const last = up ? moved.last + count : moved.last;
    auto const bottom = now_.size().rows - 1;
    to_.use_background({});
    if (up && top == 0 && last == bottom && count <= most_line_feeds) {
        to_.go(bottom, 0);
        to_.raw(std::string_view("\n\n\n\n").substr(0, static_cast<std::size_t>(count)));
    } else if (last == bottom && top == 0) {
        up ? to_.scroll_up(count) : to_.scroll_down(count);
    } else if (last == bottom) {
        to_.go(top, 0);
        up ? to_.delete_lines(count) : to_.insert_lines(count);
    } else {
        to_.region(top, last);
        up ? to_.scroll_up(count) : to_.scroll_down(count);
        to_.whole_region();
    }
    auto const rotate = [&](auto& of) {
        auto const from = of.begin() + top;
        auto const to = of.begin() + (last + 1);
        std::rotate(from, up ? from + count : to - count, to);
    };
    rotate(lines());
    for (int y = up ? last + 1 - count : top; y < (up ? last + 1 : top + count); ++y)
        lines()[static_cast<std::size_t>(y)].blank({});
}

/// One ED where several lines at the bottom become blank.
void frame_update::clear_below()
{
    auto const rows = static_cast<int>(now_.size().rows);
    auto const fill = screen_[rows - 1].fill();
    auto first = rows;
    auto stale = 0;
    for (; first > 0 && is_blank_in(screen_[first - 1], fill); --first)
        if (!is_blank_in(lines()[static_cast<std::size_t>(first) - 1], fill))
            ++stale;
    if (stale < 2)
        return;
    make_single(first);  // not every terminal takes this from an ED in the first column
    to_.go(first, 0);
    to_.use_background(fill);
    to_.erase_screen_below();
    for (int y = first; y < rows; ++y)
        lines()[static_cast<std::size_t>(y)].blank(fill);
}

void frame_update::paint_lines()
{
    row_painter painter(now_, to_, lines(), can_.repeats ? repetition::used : repetition::avoided);
    for (auto const y : stale_) {
        make_single(y);
        auto const& line = screen_[y];
        auto const hash = hashes_.empty() ? 0 : hashes_[static_cast<std::size_t>(y)];
        painter.paint(y, hash == 0 ? text_hash(line) : hash);
    }
    if (has_scrolled_) {  // a line that was the last one could not go on
        stale_.resize(now_.size().rows);
        std::iota(stale_.begin(), stale_.end(), 0);
    }
    for (auto const y : stale_) {
        if (screen_[y].wrapped() && !lines()[static_cast<std::size_t>(y)].wrapped())
            make_single(y);
        painter.settle_wrap(y);
    }
    for (auto const y : stale_)
        set_size(y, screen_[y].size());
}

/// A line of double width shows only half of what is painted: it is painted as a single one.
void frame_update::make_single(int y)
{
    set_size(y, line_size::single);
}

void frame_update::set_size(int y, line_size size)
{
    auto& has = lines()[static_cast<std::size_t>(y)];
    if (has.size() == size)
        return;
    to_.go(y, 0);
    to_.choose_line_size(size);
    has.set_size(size);
}

void frame_update::set_settings()
{
    auto wanted = settings_of(now_);
    auto& flags = client_.keyboard_flags_[static_cast<std::size_t>(now_.shown())];
    client_.settings_.keyboard_flags = flags;
    std::string change;
    append_settings_change(change, client_.settings_, wanted);
    to_.raw(change);
    flags = wanted.keyboard_flags;
    client_.settings_ = std::move(wanted);
}

void frame_update::place_cursor()
{
    auto const at = now_.cursor();
    if (at.pending_wrap && at.column == now_.size().columns - 1)
        row_painter(now_, to_, lines(), repetition::avoided).hold_wrap(at.row);
    else
        to_.go(at.row, at.column);
}

void frame_update::remember()
{
    client_.known_ = true;
    client_.generation_ = now_.generation();
    client_.sweeps_ = sweeps_of(now_);
    client_.size_ = now_.size();
    client_.shown_ = now_.shown();
    client_.cursor_row_ = to_.row();
    client_.cursor_column_ = to_.column();
    client_.last_printed_ = to_.printed();
    client_.style_ = to_.look().style;
    client_.underline_color_ = to_.look().underline;
    client_.guarded_ = to_.guarded();
}

}  // namespace tendril::term::detail
