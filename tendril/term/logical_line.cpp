#include <tendril/term/logical_line.hpp>
#include <tendril/term/text.hpp>

namespace tendril::term {

namespace {

/// Row @p number, which exists; @p scratch holds it if it is of the history.
row const& row_at(terminal const& of, std::uint64_t number, row& scratch)
{
    if (number >= of.top_line())
        return of.line(static_cast<int>(number - of.top_line()));
    of.scrollback().read(static_cast<std::size_t>(number - oldest_line(of)), scratch);
    return scratch;
}

}  // namespace

std::uint64_t oldest_line(terminal const& of) noexcept
{
    return of.scrollback().pushed() - of.scrollback().size();
}

std::uint64_t end_line(terminal const& of) noexcept
{
    return of.top_line() + of.size().rows;
}

bool goes_on(terminal const& of, std::uint64_t number) noexcept
{
    if (number + 1 >= end_line(of) || number < oldest_line(of))
        return false;
    if (number + 1 == of.top_line() && of.shown() == screen_kind::alternate)
        return false;
    if (number >= of.top_line())
        return of.line(static_cast<int>(number - of.top_line())).wrapped();
    return of.scrollback().wrapped(static_cast<std::size_t>(number - oldest_line(of)));
}

std::optional<logical_line> logical_line::around(terminal const& of, std::uint64_t number)
{
    if (number < oldest_line(of) || number >= end_line(of))
        return std::nullopt;
    while (number > oldest_line(of) && goes_on(of, number - 1))
        --number;
    logical_line found(of, number);
    row scratch;
    do
        append_line_text(of, row_at(of, found.end_, scratch), blanks::written, found.text_);
    while (goes_on(of, found.end_++));
    found.text_.resize(found.text_.find_last_not_of(' ') + 1);
    return found;
}

cell_place logical_line::place_of(std::size_t offset) const
{
    row scratch;
    std::string shown;
    cell_place place{.line = first_, .column = 0};
    for (; place.line < end_; ++place.line) {
        auto const& line = row_at(*of_, place.line, scratch);
        shown.clear();
        append_line_text(*of_, line, blanks::written, shown);
        auto const is_last = place.line + 1 == end_;
        if (offset >= shown.size() && !is_last) {
            offset -= shown.size();
            continue;
        }
        for (place.column = 0; place.column < line.used(); ++place.column) {
            shown.clear();
            of_->append_text(line.at(place.column).shown, shown);
            if (offset < shown.size())
                return place;
            offset -= shown.size();
        }
        return place;
    }
    return place;
}

int logical_line::width_at(cell_place place) const
{
    row scratch;
    auto const shown = row_at(*of_, place.line, scratch).at(place.column).shown;
    return shown.part() == glyph::role::wide ? 2 : 1;
}

}  // namespace tendril::term
