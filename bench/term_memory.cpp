/// @file
/// Memory and layout of terminal's lines, one figure a run: `term_memory empty|cell|line|cold|reflow`. Bytes
/// of the heap, or milliseconds. Layer: bench (base, term). Spec: none.

#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <malloc.h>

namespace {

using namespace tendril;

constexpr std::size_t line_count = 10'000;

std::size_t heap_bytes()
{
    auto const now = ::mallinfo2();
    return now.uordblks + now.hblkhd;
}

void feed_lines(term::terminal& to, std::string_view line, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        to.feed(base::bytes_of(line));
}

/// A whole terminal that nothing was written to.
double empty_terminal()
{
    auto const before = heap_bytes();
    auto const kept = std::make_unique<term::terminal>(term::grid_size{80, 24});
    return static_cast<double>(heap_bytes() - before);
}

/// The screen's cells when every column of every row has a wide or joined character in a colour of its own.
double richest_cell()
{
    term::terminal t({80, 24});
    auto const before = heap_bytes();
    std::string row;
    for (int x = 0; x < 40; ++x)
        row += "\x1b[38;5;" + std::to_string(x) + ";58;5;1m\u4e00";
    feed_lines(t, row, 24);
    return static_cast<double>(heap_bytes() - before) / (80.0 * 24.0);
}

double plain_line()
{
    term::terminal t({80, 24}, {.history_lines = 10 * line_count});
    auto const line = std::string(79, 'x') + "\r\n";
    feed_lines(t, line, 24);
    auto const before = heap_bytes();
    feed_lines(t, line, 10 * line_count);
    return static_cast<double>(heap_bytes() - before) / static_cast<double>(10 * line_count);
}

/// A line of a log, compressed. The newest 10,000 are not among those counted.
double cold_line()
{
    term::terminal t({80, 24}, {.history_lines = 20 * line_count});
    std::mt19937 random(1);
    std::string line;
    auto const feed = [&](std::size_t count) {
        for (; count > 0; --count) {
            line.clear();
            while (line.size() < 79)
                line += "job " + std::to_string(random() % 100'000) + " took " +
                        std::to_string(random() % 1'000) + " ms; ";
            line.resize(79);
            feed_lines(t, line + "\r\n", 1);
        }
    };
    feed(line_count);
    auto const before = heap_bytes();
    feed(10 * line_count);
    while (t.compress_history(64, line_count)) {
    }
    return static_cast<double>(heap_bytes() - before) / static_cast<double>(10 * line_count);
}

double reflow_milliseconds()
{
    term::terminal t({80, 24}, {.history_lines = 2 * line_count});
    std::string line;
    for (std::size_t i = 0; i < line_count; ++i) {
        line.assign(i % 7 == 0 ? 150 : 60, 'x');
        feed_lines(t, line + "\r\n", 1);
    }
    auto const start = std::chrono::steady_clock::now();
    t.resize({60, 24});
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv)
{
    std::string_view const what = argc == 2 ? argv[1] : "";
    double figure = 0;
    if (what == "empty")
        figure = empty_terminal();
    else if (what == "cell")
        figure = richest_cell();
    else if (what == "line")
        figure = plain_line();
    else if (what == "cold")
        figure = cold_line();
    else if (what == "reflow")
        figure = reflow_milliseconds();
    else {
        std::fputs("usage: term_memory empty|cell|line|cold|reflow\n", stderr);
        return 2;
    }
    std::printf("%.2f\n", figure);
    return 0;
}
