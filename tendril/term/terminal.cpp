#include <tendril/term/detail/controls.hpp>
#include <tendril/term/leave.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/terminal.hpp>
#include <tendril/term/text.hpp>
#include <tendril/vt/utf8.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term {

namespace {

grid_size at_least_one(grid_size size) noexcept
{
    return {std::max<std::uint16_t>(size.columns, 1), std::max<std::uint16_t>(size.rows, 1)};
}

}  // namespace

terminal::terminal(grid_size size, terminal_limits const& limits)
    : state_(std::make_unique<detail::state>(at_least_one(size), limits))
{
}

terminal::terminal(std::unique_ptr<detail::state> inner) noexcept : state_(std::move(inner)) {}

terminal::terminal(terminal const& other)
    : emulator(other), state_(std::make_unique<detail::state>(*other.state_))
{
}

terminal::terminal(terminal&& other) noexcept = default;

terminal& terminal::operator=(terminal other) noexcept
{
    state_.swap(other.state_);
    return *this;
}

terminal::~terminal() = default;

void terminal::feed(base::byte_view bytes)
{
    detail::feed(*state_, bytes);
}

void terminal::resize(grid_size size)
{
    detail::resize(*state_, size);
}

std::vector<std::string> terminal::dump() const
{
    return screen_text(*this, blanks::cut);
}

std::string terminal::take_replies()
{
    return std::exchange(state_->replies, {});
}

std::uint64_t terminal::top_line() const noexcept
{
    return state_->past.pushed();
}

bool terminal::shows_alternate_screen() const noexcept
{
    return shown() == screen_kind::alternate;
}

std::string terminal::leave_sequence() const
{
    return term::leave_sequence(*this);
}

std::vector<event> terminal::take_events()
{
    state_->event_bytes = 0;
    return std::exchange(state_->events, {});
}

grid_size terminal::size() const noexcept
{
    return {static_cast<std::uint16_t>(state_->columns), static_cast<std::uint16_t>(state_->rows)};
}

std::uint64_t terminal::generation() const noexcept
{
    return state_->generation;
}

row const& terminal::line(int y) const noexcept
{
    return std::as_const(*state_).lines()[y];
}

history const& terminal::scrollback() const noexcept
{
    return state_->past;
}

void terminal::set_history_limits(std::size_t lines, std::size_t bytes)
{
    state_->limits.history_lines = lines;
    state_->limits.history_bytes = bytes;
    state_->past.set_limits(lines, bytes);
}

bool terminal::compress_history(std::size_t blocks, std::size_t spared)
{
    return state_->past.compress(spared, blocks);
}

cursor terminal::cursor() const noexcept
{
    return {.column = state_->at.column,
            .row = state_->at.row,
            .visible = is(mode::cursor_visible),
            .blink = is(mode::cursor_blink),
            .pending_wrap = state_->at.pending_wrap,
            .shape = state_->shape};
}

mode_set const& terminal::modes() const noexcept
{
    return state_->modes;
}

screen_kind terminal::shown() const noexcept
{
    return state_->shown == detail::side::primary ? screen_kind::primary : screen_kind::alternate;
}

std::string const& terminal::title() const noexcept
{
    return state_->title;
}

std::string const& terminal::icon() const noexcept
{
    return state_->icon;
}

host const& terminal::told_by_host() const noexcept
{
    return state_->host;
}

void terminal::set_host(host const& to)
{
    auto const scheme_changes = to.scheme != state_->host.scheme;
    auto const pixels_change = to.pixels != state_->host.pixels;
    state_->host = to;
    state_->host.pixels = {std::max<std::uint16_t>(to.pixels.width, 1),
                           std::max<std::uint16_t>(to.pixels.height, 1)};
    if (scheme_changes && is(mode::color_scheme_reports))
        detail::report_color_scheme(*state_);
    if (pixels_change && is(mode::resize_reports))
        detail::report_size(*state_);
}

int terminal::keyboard_flags() const noexcept
{
    auto const& stack = std::as_const(*state_).current().keyboard_flags;
    return stack.empty() ? 0 : stack.back();
}

int terminal::key_modifier_options() const noexcept
{
    return state_->key_modifier_options;
}

void terminal::append_text(glyph shown, std::string& to) const
{
    if (shown.part() == glyph::role::tail)
        return;
    if (shown.is_cluster())
        for (auto const scalar : state_->clusters[shown.value()])
            vt::append_utf8(to, scalar);
    else
        vt::append_utf8(to, shown.is_blank() ? U' ' : static_cast<char32_t>(shown.value()));
}

link const* terminal::link_of(cell const& of) const noexcept
{
    if (of.decoration == 0)
        return nullptr;
    auto const number = state_->decorations[of.decoration].link_number;
    return number == 0 ? nullptr : &state_->links[number];
}

color terminal::underline_color_of(cell const& of) const noexcept
{
    return of.decoration == 0 ? color() : color::unpacked(state_->decorations[of.decoration].underline_color);
}

rgb terminal::palette(int number) const noexcept
{
    if (auto const changed = state_->palette.find(number); changed != state_->palette.end())
        return changed->second;
    return default_color(number);
}

}  // namespace tendril::term
