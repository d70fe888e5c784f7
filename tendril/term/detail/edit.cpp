#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/print.hpp>

#include <algorithm>

namespace tendril::term::detail {

void ich(state& s, numbers n)
{
    s.at.pending_wrap = false;
    if (s.within_sides())
        s.line().insert(s.at.column, s.region.right + 1, n.at_or(0, 1), s.blank_style());
}

void dch(state& s, numbers n)
{
    s.at.pending_wrap = false;
    if (s.within_sides())
        s.line().remove(s.at.column, s.region.right + 1, n.at_or(0, 1), s.blank_style());
}

void il(state& s, numbers n)
{
    if (!s.within_region())
        return;
    scroll_down(s, s.at.row, s.region.bottom, n.at_or(0, 1));
    cr(s);
}

void dl(state& s, numbers n)
{
    if (!s.within_region())
        return;
    scroll_up(s, s.at.row, s.region.bottom, n.at_or(0, 1), scrolled_lines::lost);
    cr(s);
}

void rep(state& s, numbers n)
{
    if (s.repeatable == 0)
        return;
    auto const again = s.repeatable;
    auto const most = s.columns * s.rows;  // beyond a screenful the outcome stays the same
    s.join.open = false;
    auto const charsets = s.at.charsets;
    s.at.charsets = {};  // what is repeated is the graphic, already mapped
    for (auto left = std::min(n.at_or(0, 1), most); left > 0; --left) {
        if (again < 0x7F) {
            auto const byte = static_cast<char>(again);
            print_ascii(s, std::string_view(&byte, 1), &byte + 1);
        } else {
            s.join.open = false;
            print_scalar(s, again);
        }
    }
    s.at.charsets = charsets;
}

}  // namespace tendril::term::detail
