// Many children at once: all are started, wait at one gate, write when it opens, and end. Prints the
// milliseconds from the first start until all are reaped with all their output, or with "memory" the KiB that
// each costs us. Usage: process_crowd time|memory PROGRAM CHILDREN
#include <tendril/base/testing/resident_bytes.hpp>
#include <tendril/io/stream.hpp>
#include <tendril/process/child.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;

constexpr std::size_t output_bytes = 64;  // what bench/peers/wait_at_gate.c writes

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

class member {
public:
    member(process::child running, io::stream output)
        : running_(std::move(running)), output_(std::move(output))
    {
        running_.async_wait(
            [this](error_code why, process::exit_status status) { reaped_ = !why && status.success(); });
        read_on();
    }

    [[nodiscard]] bool complete() const { return reaped_ && total_ == output_bytes; }

private:
    void read_on()
    {
        output_.async_read_some(buffer_, [this](error_code why, std::size_t count) {
            total_ += count;
            if (!why)
                read_on();
        });
    }

    process::child running_;
    io::stream output_;
    std::array<std::byte, 256> buffer_;
    std::size_t total_ = 0;
    bool reaped_ = false;
};

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: process_crowd time|memory PROGRAM CHILDREN\n");
        return 2;
    }
    ::rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);

    process::command what;
    what.program = argv[2];
    auto const count = static_cast<std::size_t>(std::atoi(argv[3]));
    asio::io_context loop(1);
    auto const memory_before = base::testing::resident_bytes();
    auto const begin = std::chrono::steady_clock::now();
    auto gate = make_pipe();
    std::vector<std::unique_ptr<member>> crowd;
    while (crowd.size() < count) {
        auto out = make_pipe();
        what.descriptors = {{0, gate.reader.get()}, {1, out.writer.get()}, {2, 2}};
        auto started = process::launch(loop.get_executor(), what);
        if (!started) {
            std::fprintf(stderr, "%s\n", started.error().message().c_str());
            return 1;
        }
        io::stream output(loop.get_executor(), std::move(out.reader));
        crowd.push_back(std::make_unique<member>(std::move(*started), std::move(output)));
    }
    auto const memory =
        (static_cast<double>(base::testing::resident_bytes()) - static_cast<double>(memory_before)) / 1024;
    gate.writer.reset();
    loop.run();
    std::chrono::duration<double, std::milli> const took = std::chrono::steady_clock::now() - begin;
    for (auto const& each : crowd)
        if (!each->complete()) {
            std::fprintf(stderr, "process_crowd: a child is lost, or its output\n");
            return 1;
        }
    bool const of_memory = std::string_view(argv[1]) == "memory";
    std::printf("%.2f\n", of_memory ? memory / static_cast<double>(count) : took.count());
    return 0;
}
