// Asio alone: a stream_descriptor over a pipe or a terminal, read in 64 KiB pieces.
// Prints MB/s, or its own CPU milliseconds for each gigabyte.
// Usage: throughput_asio pipe|terminal PROGRAM MEBIBYTES [cpu]
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measured.h"
#include <boost/asio.hpp>

namespace asio = boost::asio;

struct drain {
    asio::posix::stream_descriptor& from;
    std::vector<char> buffer = std::vector<char>(65536);
    std::size_t total = 0;

    void read_on()
    {
        from.async_read_some(asio::buffer(buffer), [this](boost::system::error_code why, std::size_t count) {
            total += count;
            if (!why)
                read_on();
        });
    }
};

int main(int argc, char** argv)
{
    if (argc != 4 && argc != 5)
        return 2;
    char* const arguments[] = {argv[2], argv[3], nullptr};
    bool const on_terminal = !std::strcmp(argv[1], "terminal");
    int ends[2];
    double const begin = microseconds();
    if (on_terminal ? ::openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr) : ::pipe2(ends, O_CLOEXEC))
        return 1;
    pid_t const child = ::vfork();
    if (child == 0) {
        if (on_terminal) {
            ::setsid();
            ::ioctl(ends[1], TIOCSCTTY, 0);
        }
        ::dup2(ends[1], 1);
        ::close(ends[0]);
        ::close(ends[1]);
        ::execv(argv[2], arguments);
        ::_exit(127);
    }
    ::close(ends[1]);
    asio::io_context loop(1);
    asio::posix::stream_descriptor output(loop, ends[0]);
    drain all{output};
    all.read_on();
    loop.run();
    int status = 0;
    ::waitpid(child, &status, 0);
    if (argc == 5)
        std::printf("%.2f\n", cpu_microseconds() / 1e3 / (static_cast<double>(all.total) / 1e9));
    else
        std::printf("%.2f\n", static_cast<double>(all.total) / (microseconds() - begin));
    return status != 0;
}
