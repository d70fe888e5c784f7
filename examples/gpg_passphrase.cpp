// gpg_passphrase encrypt|decrypt PASSPHRASE-FILE [events|operations]: standard input through gpg to standard
// output, through either face of a child process. The passphrase goes to gpg on descriptor 3 and gpg's status
// lines come back on descriptor 4, so neither a command line nor an environment nor the text carries a
// secret.
#include <tendril/base/file.hpp>
#include <tendril/process/piped_child.hpp>
#include <tendril/process/transport.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include <unistd.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

using namespace tendril;
using process::connection;

struct answer {
    std::string output;
    std::string status_lines;
    process::exit_status status;
};

process::command symmetric_gpg(std::string const& way)
{
    process::command gpg;
    gpg.program = "gpg";
    gpg.arguments = {"--batch",
                     "--quiet",
                     "--pinentry-mode",
                     "loopback",
                     "--passphrase-fd",
                     "3",
                     "--status-fd",
                     "4",
                     way == "encrypt" ? "--symmetric" : "--decrypt"};
    gpg.environment = process::environment::inherit();
    return gpg;
}

process::descriptor_map const descriptors = {{0, connection::write()},
                                             {1, connection::read()},
                                             {2, connection::inherit(STDERR_FILENO)},
                                             {3, connection::write()},
                                             {4, connection::read()}};

/// The event face: each event a method.
class gpg_by_events : public process::handler {
public:
    gpg_by_events(std::string const& passphrase, std::string const& text)
        : passphrase_(passphrase), text_(text)
    {
    }

    answer got;

private:
    void connected(process::transport& gpg) override
    {
        send(gpg, 3, passphrase_);
        send(gpg, 0, text_);
    }

    void data(int fd, base::byte_view bytes) override
    {
        (fd == 4 ? got.status_lines : got.output) += base::text_of(bytes);
    }

    void ended(process::ending const& how) override { got.status = how.status; }

    static void send(process::transport& gpg, int fd, std::string const& text)
    {
        auto sent = gpg.write(fd, base::bytes_of(text));
        if (sent)
            sent = gpg.close(fd);
        if (!sent)
            std::fprintf(stderr, "gpg_passphrase: %s\n", sent.error().message().c_str());
    }

    std::string const& passphrase_;
    std::string const& text_;
};

/// The operations: a coroutine for each descriptor.
asio::awaitable<void> feed(process::piped_child* gpg, int fd, base::byte_view bytes)
{
    error_code why;  // gpg may close it early, and then says itself what it did not like
    auto token = asio::redirect_error(asio::use_awaitable, why);
    co_await gpg->async_write(fd, bytes, token);
    gpg->close(fd);
}

asio::awaitable<std::string> gather(process::piped_child* gpg, int fd)
{
    std::string text;
    std::array<std::byte, 4096> buffer;
    auto const into = std::span(buffer);
    error_code why;
    while (!why) {
        auto token = asio::redirect_error(asio::use_awaitable, why);
        auto const count = co_await gpg->async_read_some(fd, into, token);
        text += base::text_of(into.first(count));
    }
    co_return text;
}

int complain(std::string const& message)
{
    std::fprintf(stderr, "gpg_passphrase: %s\n", message.c_str());
    return EXIT_FAILURE;
}

result<answer> run_with_events(process::command const& gpg, std::string const& passphrase,
                               std::string const& text)
{
    asio::io_context loop;
    gpg_by_events events(passphrase, text);
    auto const running =
        process::spawn(loop.get_executor(), events, gpg, descriptors, {.limit_bytes = 128 * 1024 * 1024});
    if (!running)
        return std::unexpected(running.error());
    loop.run();
    return events.got;
}

result<answer> run_with_operations(process::command const& what, std::string const& passphrase,
                                   std::string const& text)
{
    asio::io_context loop;
    auto gpg = process::launch_piped(loop.get_executor(), what, descriptors);
    if (!gpg)
        return std::unexpected(gpg.error());
    auto secret = asio::co_spawn(loop, feed(&*gpg, 3, base::bytes_of(passphrase)), asio::use_future);
    auto input = asio::co_spawn(loop, feed(&*gpg, 0, base::bytes_of(text)), asio::use_future);
    auto output = asio::co_spawn(loop, gather(&*gpg, 1), asio::use_future);
    auto status_lines = asio::co_spawn(loop, gather(&*gpg, 4), asio::use_future);
    auto status = gpg->async_wait(asio::use_future);
    loop.run();
    secret.get();
    input.get();
    return answer{output.get(), status_lines.get(), status.get()};
}

int main(int argc, char** argv)
{
    std::string const way = argc >= 3 ? argv[1] : "";
    std::string const face = argc == 4 ? argv[3] : "events";
    if ((way != "encrypt" && way != "decrypt") || argc > 4 || (face != "events" && face != "operations"))
        return complain("usage: gpg_passphrase encrypt|decrypt PASSPHRASE-FILE [events|operations]");
    auto const passphrase = base::read_file(argv[2], 4096);
    if (!passphrase)
        return complain(passphrase.error().message());
    auto const text = base::read_to_end(STDIN_FILENO, "standard input", 64 * 1024 * 1024);
    if (!text)
        return complain(text.error().message());

    auto const run = face == "events" ? run_with_events : run_with_operations;
    auto const got = run(symmetric_gpg(way), *passphrase, *text);
    if (!got)
        return complain(got.error().message());
    if (auto const written = base::write_all(STDOUT_FILENO, base::bytes_of(got->output), "standard output");
        !written)
        return complain(written.error().message());
    std::fprintf(stderr, "%s", got->status_lines.c_str());
    return got->status.shell_code();
}
