// What it costs to run a program: from the call to the reaped child, with three pipes, on an event loop.
// Prints the median in microseconds. Usage: process_spawn PROGRAM [ROUNDS]
#include <tendril/process/child.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;
using clock_type = std::chrono::steady_clock;

struct pipes {
    std::array<std::array<base::unique_fd, 2>, 3> ends;

    pipes()
    {
        for (auto& each : ends) {
            std::array<int, 2> raw{-1, -1};
            if (::pipe2(raw.data(), O_CLOEXEC) < 0)
                std::abort();
            each[0].reset(raw[0]);
            each[1].reset(raw[1]);
        }
    }

    [[nodiscard]] int of_child(std::size_t number) const { return ends[number][number == 0 ? 0 : 1].get(); }

    void close_child_side()
    {
        for (std::size_t number = 0; number < ends.size(); ++number)
            ends[number][number == 0 ? 0 : 1].reset();
    }
};

/// False when the program did not run.
bool run_ours(asio::io_context& loop, std::string const& program)
{
    pipes opened;
    process::command what;
    what.program = program;
    what.descriptors = {{0, opened.of_child(0)}, {1, opened.of_child(1)}, {2, opened.of_child(2)}};
    auto started = process::launch(loop.get_executor(), what);
    if (!started)
        return false;
    opened.close_child_side();
    bool success = false;
    started->async_wait(
        [&](error_code why, process::exit_status status) { success = !why && status.success(); });
    loop.restart();
    loop.run();
    return success;
}

template <typename Run>
std::optional<double> microseconds_of(Run run)
{
    auto const begin = clock_type::now();
    if (!run())
        return std::nullopt;
    return std::chrono::duration<double, std::micro>(clock_type::now() - begin).count();
}

double median_of(std::vector<double> samples)
{
    auto const middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::ranges::nth_element(samples, middle);
    return *middle;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: process_spawn PROGRAM [ROUNDS]\n");
        return 2;
    }
    std::string const program = argv[1];
    int const rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 1000;
    asio::io_context loop;
    std::vector<double> took;
    for (int round = 0; round < rounds; ++round) {
        auto const one = microseconds_of([&] { return run_ours(loop, program); });
        if (!one) {
            std::fprintf(stderr, "process_spawn: %s does not run, or fails\n", program.c_str());
            return 1;
        }
        took.push_back(*one);
    }
    std::printf("%.2f\n", median_of(std::move(took)));
    return 0;
}
