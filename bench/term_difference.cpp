/// @file
/// Times term::difference on an 120x80 screen: nanoseconds of CPU time for one. `term_difference
/// nothing|cell|line|scroll|screen`. Layer: bench (base, term). Spec: none.

#include <tendril/term/difference.hpp>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace tendril;

constexpr int columns = 120;
constexpr int rows = 80;

double cpu_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// A screen of source code: words, some of them coloured.
std::string page(int first)
{
    std::string text = "\x1b[H\x1b[2J";
    for (int y = 0; y < rows; ++y) {
        text += "\x1b[" + std::to_string(y + 1) + "H\x1b[33m" + std::to_string(first + y) + "\x1b[m ";
        for (int word = 0; word < 14; ++word)
            text += word % 5 == y % 5 ? "\x1b[1;34mwhile\x1b[m "
                                      : "value" + std::to_string((first + y) % 7) + " ";
    }
    return text;
}

/// What the program writes between two differences; two texts, in turns, so that there is always something
/// new.
std::vector<std::string> outputs_of(std::string const& what)
{
    if (what == "cell")
        return {"\x1b[40;60Hx", "\x1b[40;60Hy"};
    if (what == "line")
        return {"\x1b[40H" + std::string(110, 'x'), "\x1b[40H" + std::string(110, 'y')};
    if (what == "scroll")
        return {"\x1b[80H\nthe next line of a log", "\x1b[80H\nand one more of them"};
    if (what == "screen")
        return {page(1000), page(5003)};
    return {};
}

/// Nanoseconds for one difference; feeding is not measured, so that what is short is measured in batches.
double round_of(std::string const& what)
{
    term::terminal program({columns, rows});
    program.feed(base::bytes_of(page(1000)));
    auto const outputs = outputs_of(what);
    constexpr int frames = 64;
    term::frame client;
    static_cast<void>(term::difference(client, program));
    std::vector<term::frame> clients(outputs.empty() ? 1 : frames, client);
    double spent = 0;
    double count = 0;
    std::size_t bytes = 0;
    for (std::size_t turn = 0; spent < 0.3; ++turn) {
        if (!outputs.empty())
            program.feed(base::bytes_of(outputs[turn % outputs.size()]));
        auto const start = cpu_seconds();
        for (auto& each : clients)
            bytes += term::difference(each, program).size();
        if (outputs.empty())
            for (int i = 0; i < 100'000; ++i)
                bytes += term::difference(clients.front(), program).size();
        spent += cpu_seconds() - start;
        count += outputs.empty() ? 100'001 : frames;
    }
    std::fprintf(stderr, "%.0f bytes\n", static_cast<double>(bytes) / count);
    return spent / count * 1e9;
}

}  // namespace

int main(int argc, char** argv)
{
    std::string const what = argc > 1 ? argv[1] : "";
    if (what != "nothing" && outputs_of(what).empty()) {
        std::fputs("usage: term_difference nothing|cell|line|scroll|screen\n", stderr);
        return 2;
    }
    std::printf("%.1f\n", round_of(what));
    return 0;
}
