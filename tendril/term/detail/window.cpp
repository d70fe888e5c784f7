#include <tendril/term/detail/controls.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

void report(state& s, int what, int first, int second)
{
    reply(s,
          "\x1b[" + std::to_string(what) + ";" + std::to_string(first) + ";" + std::to_string(second) + "t");
}

/// CSI 4 t and 8 t: a number that is left out or 0 leaves that side as it is.
void resize_to(state& s, int rows, int columns)
{
    resize_on_request(s, columns == 0 ? s.columns : columns, rows == 0 ? s.rows : rows);
}

}  // namespace

void report_size(state& s)
{
    auto const& cell = s.host.pixels;
    reply(s, "\x1b[48;" + std::to_string(s.rows) + ";" + std::to_string(s.columns) + ";" +
                 std::to_string(s.rows * cell.height) + ";" + std::to_string(s.columns * cell.width) + "t");
}

void xtwinops(state& s, numbers n)
{
    auto const& cell = s.host.pixels;
    switch (n[0]) {
    case 1:
    case 2:
        s.chosen.iconified = n[0] == 2;
        break;
    case 3:
        s.chosen.window_x = n[1];
        s.chosen.window_y = n[2];
        break;
    case 4:
        resize_to(s, n[1] / cell.height, n[2] / cell.width);
        break;
    case 8:
        resize_to(s, n[1], n[2]);
        break;
    case 11:
        reply(s, s.chosen.iconified ? "\x1b[2t" : "\x1b[1t");
        break;
    case 13:
        report(s, 3, s.chosen.window_x, s.chosen.window_y);
        break;
    case 14:
        report(s, 4, s.rows * cell.height, s.columns * cell.width);
        break;
    case 15:
        report(s, 5, s.rows * cell.height, s.columns * cell.width);
        break;
    case 16:
        report(s, 6, cell.height, cell.width);
        break;
    case 18:
        report(s, 8, s.rows, s.columns);
        break;
    case 19:
        report(s, 9, s.rows, s.columns);
        break;
    case 20:
        report_title(s, 'L', s.icon);
        break;
    case 21:
        report_title(s, 'l', s.title);
        break;
    case 22:
        push_titles(s, n[1]);
        break;
    case 23:
        pop_titles(s, n[1]);
        break;
    default:
        if (n[0] >= 24)  // DECSLPP
            resize_on_request(s, s.columns, n[0]);
        break;
    }
}

void decscpp(state& s, numbers n)
{
    resize_on_request(s, n.at_or(0, 80), s.rows);
}

void decsnls(state& s, numbers n)
{
    if (n[0] != 0)
        resize_on_request(s, s.columns, n[0]);
}

}  // namespace tendril::term::detail
