// word_count [TEXT...]: has wc count, through both faces of a child process: as events and as operations.
#include <tendril/process/piped_child.hpp>
#include <tendril/process/transport.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

using namespace tendril;

process::command word_counter()
{
    process::command wc;
    wc.program = "wc";
    wc.environment = process::environment::inherit();
    return wc;
}

/// The event face: each event a method.
class counted_by_events : public process::handler {
public:
    explicit counted_by_events(std::string text) : text_(std::move(text)) {}

    void connected(process::transport& wc) override
    {
        if (auto const written = wc.write(text_); !written)
            std::fprintf(stderr, "word_count: %s\n", written.error().message().c_str());
        static_cast<void>(wc.close_stdin());  // it is open: it was given to us a moment ago
    }
    void stdout_data(base::byte_view bytes) override { answer_ += base::text_of(bytes); }
    void ended(process::ending const& how) override
    {
        std::printf("events:     %s%s\n", answer_.c_str(), how.status.description().c_str());
    }

private:
    std::string text_;
    std::string answer_;
};

/// The operations: the same story from top to bottom.
asio::awaitable<void> count_by_operations(process::piped_child* wc, std::string text)
{
    auto const bytes = base::bytes_of(text);
    co_await wc->async_write(0, bytes, asio::use_awaitable);
    wc->close(0);

    std::string answer;
    std::array<std::byte, 4096> buffer;
    auto const into = std::span(buffer);
    error_code why;
    while (!why) {
        auto token = asio::redirect_error(asio::use_awaitable, why);
        auto const count = co_await wc->async_read_some(1, into, token);
        answer += base::text_of(into.first(count));
    }
    auto const status = co_await wc->async_wait(asio::use_awaitable);
    std::printf("operations: %s%s\n", answer.c_str(), status.description().c_str());
}

int complain(error const& why)
{
    std::fprintf(stderr, "word_count: %s\n", why.message().c_str());
    return EXIT_FAILURE;
}

int main(int argc, char** argv)
{
    std::string text;
    for (int i = 1; i < argc; ++i)
        text += std::string(argv[i]) + '\n';

    asio::io_context loop;
    counted_by_events events(text);
    auto const transport = process::spawn(loop.get_executor(), events, word_counter());
    if (!transport)
        return complain(transport.error());
    loop.run();

    auto wc = process::launch_piped(loop.get_executor(), word_counter());
    if (!wc)
        return complain(wc.error());
    auto done = asio::co_spawn(loop, count_by_operations(&*wc, text), asio::use_future);
    loop.restart();
    loop.run();
    done.get();
    return EXIT_SUCCESS;
}
