// window_title COMMAND...: runs a program until it gives its window a title, and prints that. Titles are
// escape sequences, so the raw stream is looked at. The coroutine face.
#include <tendril/session/dialogue.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

using namespace tendril;
using namespace std::chrono_literals;

int complain(std::string const& message)
{
    std::fprintf(stderr, "window_title: %s\n", message.c_str());
    return EXIT_FAILURE;
}

/// OSC 0 and 2, ended by BEL or ST.
asio::awaitable<std::string> title(session::dialogue* talk)
{
    std::vector<expect::pattern> patterns{
        *expect::pattern::regex("\\x1b\\][02];([^\\x07\\x1b]+)(\\x07|\\x1b\\\\)")};
    auto const found =
        co_await talk->async_expect(std::move(patterns), 30s, expect::source::stream, asio::use_awaitable);
    co_return found.groups.at(0);
}

int main(int argc, char** argv)
{
    if (argc < 2)
        return complain("usage: window_title COMMAND...");
    std::vector<std::string> const words(argv + 1, argv + argc);
    asio::io_context loop;
    auto program =
        session::session::start(loop.get_executor(), {.program = process::command_of(words), .launch = {}},
                                std::make_unique<term::terminal>());
    if (!program)
        return complain(error(program.error()).message());
    session::dialogue talk(*program);
    auto caught = asio::co_spawn(loop, title(&talk), asio::use_future);
    while (caught.wait_for(0s) != std::future_status::ready && loop.run_one() > 0) {
    }
    try {
        std::puts(caught.get().c_str());
    } catch (boost::system::system_error const& why) {
        return complain(why.code().message());
    }
}
