// What it costs to find something in output. Prints milliseconds of our own CPU. Usage:
//   expect_stream terminal PROGRAM MEBIBYTES PATTERNS COUNT   until one of the first COUNT patterns of a file
//   is found expect_stream feed MEBIBYTES PATTERNS COUNT               the same without a terminal, in pieces
//   of 4,095 bytes expect_stream hostile MEBIBYTES                           (x+x+)+y in x after x
//   expect_stream screen UPDATES                              a pattern on an 80x24 screen; microseconds an
//   update expect_stream memory MEBIBYTES                            KiB that we grew by, looking for what
//   never comes
#include <tendril/base/testing/resident_bytes.hpp>
#include <tendril/expect/queue.hpp>
#include <tendril/session/session.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sys/resource.h>

#include "no_screen.hpp"
#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;

constexpr std::size_t piece_bytes = 4095;  // what a read from a terminal gives

double own_cpu_milliseconds()
{
    ::rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const of = [](::timeval t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

std::vector<expect::pattern> patterns_of(char const* path, long count)
{
    std::vector<expect::pattern> patterns;
    std::ifstream file(path);
    for (std::string line; count > 0 && std::getline(file, line); --count)
        patterns.push_back(*expect::pattern::regex(line));
    return patterns;
}

std::string lines_of(std::size_t bytes)
{
    std::string text;
    for (int line = 0; text.size() < bytes; ++line)
        text += "line " + std::to_string(100'000 + line % 900) +
                ": Reading package lists, building the tree of what depends on what\r\n";
    return text;
}

struct reader {
    session::session* from;
    bool* found;
    void operator()(error_code why, base::byte_view) const
    {
        if (!why && !*found)
            from->async_read(*this);
    }
};

int through_terminal(char const* program, char const* mebibytes, std::vector<expect::pattern> patterns)
{
    asio::io_context loop(1);
    std::vector<std::string> const words{program, mebibytes};
    session::start_options how{.program = process::command_of(words), .launch = {}};
    auto started =
        session::session::start(loop.get_executor(), std::move(how), std::make_unique<no_screen>());
    if (!started)
        return 1;
    bool found = false;
    auto const note = [&](expect::match const&) { found = true; };
    if (!started->expect(std::move(patterns), note, {.from = expect::source::stream}))
        return 1;
    started->async_read(reader{&*started, &found});
    while (!found && loop.run_one() > 0) {
    }
    std::printf("%.3f\n", own_cpu_milliseconds());
    return found ? 0 : 1;
}

bool feed(expect::queue& waiting, std::string_view text)
{
    for (std::size_t at = 0; at < text.size(); at += piece_bytes)
        waiting.on_stream(base::bytes_of(text.substr(at, piece_bytes)));
    return waiting.satisfied();
}

int in_memory(std::size_t mebibytes, std::vector<expect::pattern> patterns)
{
    auto const text = lines_of(std::size_t{1} << 20);
    expect::queue waiting;
    auto const begin = own_cpu_milliseconds();
    if (!waiting.expect(std::move(patterns), [](expect::match const&) {}, {.from = expect::source::stream}))
        return 1;
    for (std::size_t i = 0; i < mebibytes; ++i)
        feed(waiting, text);
    bool const found = feed(waiting, "READY> ");
    std::printf("%.3f\n", own_cpu_milliseconds() - begin);
    return found ? 0 : 1;
}

int hostile(std::size_t mebibytes)
{
    std::string const text(mebibytes << 20, 'x');
    expect::queue waiting;
    auto const begin = own_cpu_milliseconds();
    if (!waiting.expect({*expect::pattern::regex("(x+x+)+y")}, [](expect::match const&) {},
                        {.from = expect::source::stream}))
        return 1;
    feed(waiting, text);
    bool const found = feed(waiting, "y");  // found, although what is kept of the match is all its cost
    std::printf("%.3f\n", own_cpu_milliseconds() - begin);
    return found ? 0 : 1;
}

int on_screen(int updates)
{
    expect::queue waiting;
    if (!waiting.expect({*expect::pattern::regex("^Password for \\w+:")}, [](expect::match const&) {}))
        return 1;
    auto const text = lines_of(std::size_t{24} * 75);
    auto const begin = own_cpu_milliseconds();
    for (int i = 0; i < updates; ++i)
        waiting.on_screen({text, static_cast<std::uint64_t>(i)});
    std::printf("%.3f\n", (own_cpu_milliseconds() - begin) * 1e3 / updates);
    return 0;
}

int memory(std::size_t mebibytes)
{
    auto const text = lines_of(std::size_t{1} << 20);
    auto const before = base::testing::resident_bytes();
    expect::queue waiting;
    if (!waiting.expect({*expect::pattern::regex("(?s)line.*never")}, [](expect::match const&) {},
                        {.from = expect::source::stream}))
        return 1;
    for (std::size_t i = 0; i < mebibytes; ++i)
        feed(waiting, text);
    auto const after = base::testing::resident_bytes();
    std::printf("%ld\n", (static_cast<long>(after) - static_cast<long>(before)) / 1024);
    return 0;
}

}  // namespace

int main(int argc, char** argv)
{
    std::string_view const what = argc > 1 ? argv[1] : "";
    if (what == "terminal" && argc == 6)
        return through_terminal(argv[2], argv[3], patterns_of(argv[4], std::atol(argv[5])));
    if (what == "feed" && argc == 5)
        return in_memory(static_cast<std::size_t>(std::atol(argv[2])),
                         patterns_of(argv[3], std::atol(argv[4])));
    if (what == "hostile" && argc == 3)
        return hostile(static_cast<std::size_t>(std::atol(argv[2])));
    if (what == "screen" && argc == 3)
        return on_screen(std::atoi(argv[2]));
    if (what == "memory" && argc == 3)
        return memory(static_cast<std::size_t>(std::atol(argv[2])));
    std::fprintf(stderr, "usage: expect_stream terminal|feed|hostile|screen|memory ...\n");
    return 2;
}
