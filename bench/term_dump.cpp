/// @file
/// Times dumps of a history: MB of output per second of CPU time. `term_dump text|html plain|coloured`. With
/// `svg` or `png` a screen of 80 by 24 is drawn, in milliseconds. Layer: bench (base, term, picture). Spec:
/// none.

#include <tendril/picture/png.hpp>
#include <tendril/picture/screen.hpp>
#include <tendril/term/html.hpp>
#include <tendril/term/svg.hpp>
#include <tendril/term/text.hpp>

#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>

namespace {

using namespace tendril;

constexpr std::size_t lines = 10'000;
constexpr std::size_t piece = 1'000;  // lines that are written to a file at once
constexpr double enough = 0.5;        // seconds of CPU time: the clock counts in milliseconds

double cpu_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Lines of 79 characters, plain or every word in another colour.
term::terminal filled(bool coloured)
{
    term::terminal made({80, 24});
    std::string text;
    for (std::size_t y = 0; y < lines; ++y) {
        for (std::size_t word = 0; word < 10; ++word)
            text += (coloured ? "\x1b[3" + std::to_string((y + word) % 8) + "m" : "") +
                    std::to_string(1'000'000 + 10 * y + word) + (word == 9 ? "" : " ");
        text += "\r\n";
    }
    made.feed(base::bytes_of(text));
    return made;
}

std::size_t dump(term::terminal const& of, std::string_view what)
{
    static std::string made;
    std::size_t bytes = 0;
    for (std::size_t i = 0; (what == "text" || what == "html") && i < lines; i += piece) {
        made.clear();
        if (what == "text")
            term::append_scrollback_text(of, term::blanks::cut, made, {i, i + piece});
        else
            term::append_scrollback_html(of, made, {i, i + piece});
        bytes += made.size();
    }
    if (bytes != 0)
        return bytes;
    if (what == "svg")
        made = term::to_svg(of);
    else if (what == "png")
        made = picture::to_png(*picture::draw_screen(of));
    return made.size();
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fputs("usage: term_dump text|html|svg|png plain|coloured\n", stderr);
        return 2;
    }
    auto const of = filled(std::string_view(argv[2]) == "coloured");
    std::string_view const what = argv[1];
    auto const start = cpu_seconds();
    double bytes = 0;
    double spent = 0;
    int times = 0;
    do {
        bytes += static_cast<double>(dump(of, what));
        ++times;
        spent = cpu_seconds() - start;
    } while (spent < enough);
    std::printf("%.2f\n", what == "svg" || what == "png" ? spent / times * 1e3 : bytes / 1e6 / spent);
    return 0;
}
