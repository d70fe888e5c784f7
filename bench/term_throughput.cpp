/// @file
/// Times terminal::feed on a file: MB per second of CPU time, one line a round. `term_throughput FILE
/// [ROUNDS [LINES]]`, LINES being the history's limit. Layer: bench (base, term). Spec: none.

#include <tendril/base/file.hpp>
#include <tendril/term/terminal.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

using namespace tendril;

constexpr std::size_t largest_file = std::size_t{1} << 30;
constexpr std::size_t piece = 4095;  // what a read from a terminal returns at most
constexpr double enough = 0.5;       // seconds of CPU time a round: the clock counts in milliseconds

double cpu_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double round_of(term::terminal& to, base::byte_view bytes)
{
    auto const start = cpu_seconds();
    double fed = 0;
    double spent = 0;
    do {
        for (auto rest = bytes; !rest.empty();) {
            auto const count = std::min(piece, rest.size());
            to.feed(rest.first(count));
            rest = rest.subspan(count);
        }
        fed += static_cast<double>(bytes.size());
        spent = cpu_seconds() - start;
    } while (spent < enough);
    return fed / 1e6 / spent;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fputs("usage: term_throughput FILE [ROUNDS [LINES]]\n", stderr);
        return 2;
    }
    auto const content = base::read_file(argv[1], largest_file);
    if (!content || content->empty()) {
        std::fprintf(stderr, "term_throughput: %s\n",
                     content ? "the file is empty" : content.error().message().c_str());
        return 1;
    }
    term::terminal_limits limits;
    if (argc > 3)
        limits.history_lines = std::strtoul(argv[3], nullptr, 10);
    term::terminal terminal({80, 24}, limits);
    auto const rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    for (int i = 0; i < rounds; ++i)
        std::printf("%.1f\n", round_of(terminal, base::bytes_of(*content)));
    return 0;
}
