#include <tendril/term/detail/controls.hpp>

namespace tendril::term::detail {

void set_line_size(state& s, line_size to)
{
    if (s.is(mode::left_right_margins))  // the VT420 has either
        return;
    s.line().set_size(to);
    auto const pending = s.at.pending_wrap && s.at.column < s.line_columns(s.at.row);
    move_to(s, s.at.column, s.at.row);
    s.at.pending_wrap = pending;
}

}  // namespace tendril::term::detail
