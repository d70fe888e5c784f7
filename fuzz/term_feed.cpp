/// @file
/// Any bytes with resizes in between: the terminal keeps its invariants, and cutting changes nothing.
/// Layer: fuzz (base, vt, term). Spec: parity T01, T09, T10.

#include <tendril/term/html.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/leave.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/terminal.hpp>

#include <cstdint>
#include <cstdlib>

namespace {

using namespace tendril;

// In the input a byte 0xFF, which UTF-8 never has, is followed by columns and rows of a resize.
constexpr std::uint8_t resize_mark = 0xFF;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void check_invariants(term::terminal const& t)
{
    auto const size = t.size();
    auto const at = t.cursor();
    require(at.column >= 0 && at.column < size.columns && at.row >= 0 && at.row < size.rows);
    for (int y = 0; y < size.rows; ++y) {
        auto const& line = t.line(y);
        require(line.used() <= size.columns);
        for (int x = 0; x < line.used(); ++x) {
            auto const wide = line.at(x).shown.part() == term::glyph::role::wide;
            auto const next = line.at(x + 1).shown.part() == term::glyph::role::tail;
            require(wide == next);
        }
    }
}

term::terminal fed(std::span<std::uint8_t const> input, std::size_t piece)
{
    term::terminal t({12, 5}, {.history_lines = 8});
    while (!input.empty()) {
        std::size_t count = 0;
        while (count < input.size() && count < piece && input[count] != resize_mark)
            ++count;
        t.feed(std::as_bytes(input.first(count)));
        input = input.subspan(count);
        if (input.size() >= 3 && input[0] == resize_mark) {
            t.resize({static_cast<std::uint16_t>(input[1] % 40), static_cast<std::uint16_t>(input[2] % 20)});
            input = input.subspan(3);
            check_invariants(t);
        } else if (!input.empty() && input[0] == resize_mark) {
            break;
        }
    }
    check_invariants(t);
    return t;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t count)
{
    std::span const input(data, count);
    auto whole = fed(input, count + 1);
    auto const bytewise = fed(input, 1);
    auto const told = term::to_json(whole, term::line_detail::cells);
    require(term::to_json(bytewise, term::line_detail::cells) == told);
    require(!term::to_html_page(whole, term::cursor_drawing::shown).empty());
    require(!term::to_svg(whole).empty());
    whole.feed(base::bytes_of("\x18" + term::leave_sequence(whole)));
    require(term::leave_sequence(whole).empty());
    return 0;
}
