// What it costs to run a program on an event loop: from the call until it is reaped and its output has ended,
// with three pipes or on a terminal. Prints the median in microseconds.
// Usage: process_spawn pipes|terminal PROGRAM ROUNDS [RESIDENT_MIB]
#include <tendril/io/stream.hpp>
#include <tendril/process/child.hpp>
#include <tendril/pty/launch.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "resident_memory.hpp"
#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;
using clock_type = std::chrono::steady_clock;

struct pipe_ends {
    base::unique_fd reader;
    base::unique_fd writer;
};

pipe_ends make_pipe()
{
    std::array<int, 2> raw{-1, -1};
    if (::pipe2(raw.data(), O_CLOEXEC) < 0)
        std::abort();
    return {base::unique_fd(raw[0]), base::unique_fd(raw[1])};
}

/// Reads a stream to its end.
template <typename Stream>
class drain {
public:
    explicit drain(Stream& from) : from_(from) { read_on(); }

private:
    void read_on()
    {
        from_.async_read_some(buffer_, [this](error_code why, std::size_t) {
            if (!why)
                read_on();
        });
    }

    Stream& from_;
    std::array<std::byte, 4096> buffer_;
};

/// False when the program did not run.
bool run_with_pipes(asio::io_context& loop, process::command what)
{
    auto in = make_pipe();
    auto out = make_pipe();
    auto err = make_pipe();
    what.descriptors = {{0, in.reader.get()}, {1, out.writer.get()}, {2, err.writer.get()}};
    auto started = process::launch(loop.get_executor(), what);
    if (!started)
        return false;
    in.reader.reset();
    out.writer.reset();
    err.writer.reset();
    io::stream output(loop.get_executor(), std::move(out.reader));
    io::stream errors(loop.get_executor(), std::move(err.reader));
    drain const of_output(output);
    drain const of_errors(errors);
    bool success = false;
    started->async_wait(
        [&](error_code why, process::exit_status status) { success = !why && status.success(); });
    loop.restart();
    loop.run();
    return success;
}

bool run_on_terminal(asio::io_context& loop, process::command what)
{
    auto started = pty::launch(loop.get_executor(), std::move(what));
    if (!started)
        return false;
    drain const of_terminal(started->master);
    bool success = false;
    started->process.async_wait(
        [&](error_code why, process::exit_status status) { success = !why && status.success(); });
    loop.restart();
    loop.run();
    return success;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "usage: process_spawn pipes|terminal PROGRAM ROUNDS [RESIDENT_MIB]\n");
        return 2;
    }
    auto const run = std::string_view(argv[1]) == "pipes" ? run_with_pipes : run_on_terminal;
    process::command what;
    what.program = argv[2];
    int const rounds = std::max(1, std::atoi(argv[3]));
    occupy(argc > 4 ? static_cast<std::size_t>(std::atoi(argv[4])) : 0);
    asio::io_context loop(1);
    std::vector<double> took;
    for (int round = 0; round < rounds; ++round) {
        auto const begin = clock_type::now();
        if (!run(loop, what)) {
            std::fprintf(stderr, "process_spawn: %s does not run, or fails\n", argv[2]);
            return 1;
        }
        took.push_back(std::chrono::duration<double, std::micro>(clock_type::now() - begin).count());
    }
    std::printf("%.2f\n", median_of(std::move(took)));
    return 0;
}
