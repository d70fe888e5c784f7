// What it costs to start our program as a context of this machine: from the call to its first byte. `raw` is
// vfork, exec and a read of the same program on a socket; `sh` is that for `sh -c 'exec PROGRAM'`; the others
// are ways of the layer remote. Prints the median, or with `min` behind ROUNDS the least, in microseconds.
// Usage: remote_start raw|sh|direct|cached|uncached PROGRAM ROUNDS [min]
#include <tendril/remote/bootstrap.hpp>
#include <tendril/remote/local.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace {

using namespace tendril;
using clock_type = std::chrono::steady_clock;

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

double since(clock_type::time_point start)
{
    return std::chrono::duration<double, std::micro>(clock_type::now() - start).count();
}

double raw_start(std::vector<char*> argv)
{
    argv.push_back(nullptr);
    auto const start = clock_type::now();
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0)
        std::abort();
    auto const child = ::vfork();
    if (child == 0) {
        ::dup2(ends[1], 0);
        ::dup2(ends[1], 1);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(ends[1]);
    char byte = 0;
    auto const heard = ::read(ends[0], &byte, 1);
    auto const took = since(start);
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    if (heard != 1)
        std::abort();
    return took;
}

/// Until @p program has said something; gives it its end, outside of the time.
asio::awaitable<double> first_byte(remote::carrier* way, bool is_there, clock_type::time_point start)
{
    std::array<std::byte, 64> buffer;
    if (!is_there) {
        auto const [why, count] = co_await way->stream().async_read_some(buffer, tuple);
        if (why)
            std::abort();
    }
    auto const took = since(start);
    ::shutdown(way->stream().native_handle(), SHUT_WR);
    static_cast<void>(co_await way->failure());
    co_return took;
}

asio::awaitable<double> direct_start(io::executor on, std::string program)
{
    auto const start = clock_type::now();
    remote::direct_options how;
    how.program = std::move(program);
    how.name = "near";
    how.word = "echo";
    auto way = remote::local_direct(on, std::move(how));
    if (!way)
        std::abort();
    auto* const started = way->get();
    co_return co_await first_byte(started, false, start);
}

asio::awaitable<double> bootstrap_start(io::executor on, std::shared_ptr<remote::image_store const> images,
                                        std::string home, remote::caching keep)
{
    remote::local_options how;
    how.environment.set("HOME", home);
    remote::bootstrap_options asked;
    asked.name = "near";
    asked.word = "echo";
    asked.keep = keep;
    auto const start = clock_type::now();
    auto way = remote::local(std::move(how));
    auto at = co_await remote::bootstrap(on, std::move(way), std::move(images), std::move(asked));
    if (!at)
        std::abort();
    auto* const started = at->way.get();
    auto const is_there = !at->early.empty();
    co_return co_await first_byte(started, is_there, start);
}

double run(asio::io_context& loop, asio::awaitable<double> one)
{
    double took = 0;
    asio::co_spawn(loop, std::move(one), [&](std::exception_ptr why, double value) {
        if (why)
            std::rethrow_exception(why);
        took = value;
    });
    loop.restart();
    loop.run();
    return took;
}

std::vector<double> measure(std::string_view way, std::string program, int rounds)
{
    asio::io_context loop{1};
    std::string home = "/tmp/remote-start-XXXXXX";
    if (!::mkdtemp(home.data()))
        std::abort();
    auto store = remote::image_store::open(program);
    if (!store)
        std::abort();
    auto const images = std::make_shared<remote::image_store const>(std::move(*store));
    auto const keep = way == "cached" ? remote::caching::on : remote::caching::off;
    std::string echo = "echo";
    std::string line = "exec " + program + " echo";
    std::array<std::string, 2> sh = {"/bin/sh", "-c"};
    std::vector<double> times;
    for (int round = 0; round <= rounds; ++round) {
        if (way == "raw")
            times.push_back(raw_start({program.data(), echo.data()}));
        else if (way == "sh")
            times.push_back(raw_start({sh[0].data(), sh[1].data(), line.data()}));
        else if (way == "direct")
            times.push_back(run(loop, direct_start(loop.get_executor(), program)));
        else
            times.push_back(run(loop, bootstrap_start(loop.get_executor(), images, home, keep)));
    }
    std::filesystem::remove_all(home);
    times.erase(times.begin());  // the first one fills the cache
    std::ranges::sort(times);
    return times;
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 4)
        return 2;
    ::signal(SIGPIPE, SIG_IGN);
    auto const times = measure(argv[1], argv[2], std::atoi(argv[3]));
    auto const wants_least = argc > 4 && std::string_view(argv[4]) == "min";
    std::printf("%.1f\n", wants_least ? times.front() : times[times.size() / 2]);
}
