// What an idle session costs beside its terminal: starts SESSIONS of them on `sleep`, with an emulator that
// keeps nothing, and prints the bytes of our heap that each takes. Usage: session_idle SESSIONS
#include <tendril/session/session.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <malloc.h>

#include "no_screen.hpp"
#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;

session::session start(asio::io_context& on)
{
    std::vector<std::string> const words{"sh", "-c", "echo ready; exec sleep 1000"};
    auto started =
        session::session::start(on.get_executor(), {.program = process::command_of(words), .launch = {}},
                                std::make_unique<no_screen>());
    if (!started)
        std::exit(1);
    return std::move(*started);
}

/// Of the heap, so that what the kernel and the libraries map does not count.
double heap_bytes()
{
    auto const heap = ::mallinfo2();
    return static_cast<double>(heap.uordblks + heap.hblkhd);
}

}  // namespace

int main(int argc, char** argv)
{
    auto const count = argc == 2 ? std::strtoul(argv[1], nullptr, 10) : 0;
    if (count == 0)
        return 2;
    asio::io_context loop(1);
    std::vector<session::session> sessions;
    sessions.reserve(count + 1);
    std::size_t ready = 0;
    auto const start_one = [&] {
        sessions.push_back(start(loop));
        sessions.back().on_update([&](base::byte_view) { ++ready; });
        sessions.back().keep_reading();
        while (ready < sessions.size())
            loop.run_one();
    };
    start_one();  // what the first one costs is shared by all
    auto const before = heap_bytes();
    while (sessions.size() <= count)
        start_one();
    std::printf("%.0f\n", (heap_bytes() - before) / static_cast<double>(count));
}
