// How fast we take in what a program writes, in reads of 64 KiB: over a pipe, over a terminal, over a
// terminal into an emulator. Prints MB/s, or the reader's own CPU milliseconds for each gigabyte. Usage:
// process_throughput pipe|terminal|screen PROGRAM MEBIBYTES [cpu]
#include <tendril/io/stream.hpp>
#include <tendril/process/child.hpp>
#include <tendril/pty/launch.hpp>
#include <tendril/term/terminal.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;

/// Reads a stream to its end; what is there already is taken without a turn of the loop.
template <typename Stream, typename Sink>
class drain {
public:
    drain(Stream& from, Sink sink) : from_(from), sink_(std::move(sink)), buffer_(std::size_t{64} * 1024)
    {
        read_on();
    }

    [[nodiscard]] std::size_t total() const { return total_; }

private:
    void read_on()
    {
        from_.async_read_some(buffer_, [this](error_code why, std::size_t count) {
            take(count);
            for (int more = 0; more < most_at_once && !why; ++more)
                take(from_.try_read(buffer_, why));
            if (!why || why == asio::error::would_block)
                read_on();
        });
    }

    void take(std::size_t count)
    {
        total_ += count;
        sink_(base::byte_view(buffer_).first(count));
    }

    static constexpr int most_at_once = 16;  // so that others on the loop get their turn

    Stream& from_;
    Sink sink_;
    std::vector<std::byte> buffer_;
    std::size_t total_ = 0;
};

std::size_t read_pipe(asio::io_context& loop, process::command what)
{
    std::array<int, 2> raw{-1, -1};
    if (::pipe2(raw.data(), O_CLOEXEC) < 0)
        return 0;
    base::unique_fd writer(raw[1]);
    io::stream output(loop.get_executor(), base::unique_fd(raw[0]));
    what.descriptors = {{0, 0}, {1, writer.get()}, {2, 2}};
    auto started = process::launch(loop.get_executor(), what);
    if (!started)
        return 0;
    writer.reset();
    drain const all(output, [](base::byte_view) {});
    started->async_wait([](error_code, process::exit_status) {});
    loop.run();
    return all.total();
}

template <typename Sink>
std::size_t read_terminal(asio::io_context& loop, process::command what, Sink sink)
{
    auto started = pty::launch(loop.get_executor(), std::move(what));
    if (!started)
        return 0;
    drain const all(started->master, std::move(sink));
    started->process.async_wait([](error_code, process::exit_status) {});
    loop.run();
    return all.total();
}

std::size_t read_as(std::string_view kind, asio::io_context& loop, process::command what)
{
    if (kind == "pipe")
        return read_pipe(loop, std::move(what));
    if (kind == "terminal")
        return read_terminal(loop, std::move(what), [](base::byte_view) {});
    term::terminal screen({.columns = 80, .rows = 24});
    return read_terminal(loop, std::move(what), [&](base::byte_view bytes) { screen.feed(bytes); });
}

double own_cpu_seconds()
{
    ::rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](::timeval of) {
        return static_cast<double>(of.tv_sec) + static_cast<double>(of.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 4 && argc != 5) {
        std::fprintf(stderr, "usage: process_throughput pipe|terminal|screen PROGRAM MEBIBYTES [cpu]\n");
        return 2;
    }
    process::command what;
    what.program = argv[2];
    what.arguments = {argv[3]};
    asio::io_context loop(1);
    auto const begin = std::chrono::steady_clock::now();
    auto const total = read_as(argv[1], loop, std::move(what));
    if (total == 0) {
        std::fprintf(stderr, "process_throughput: %s does not run, or writes nothing\n", argv[2]);
        return 1;
    }
    std::chrono::duration<double> const took = std::chrono::steady_clock::now() - begin;
    if (argc == 5)
        std::printf("%.2f\n", own_cpu_seconds() * 1e3 / (static_cast<double>(total) / 1e9));
    else
        std::printf("%.2f\n", static_cast<double>(total) / took.count() / 1e6);
    return 0;
}
