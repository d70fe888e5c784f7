// trace_events [--operations] COMMAND [ARGUMENT...]: runs a program and prints everything that happens in its
// life as it comes, through either face of a child process.
#include <tendril/process/piped_child.hpp>
#include <tendril/process/transport.hpp>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

using namespace tendril;

std::string quoted(std::string_view text)
{
    std::string shown = "\"";
    for (char const c : text) {
        if (c == '\n')
            shown += "\\n";
        else if (c == '"' || c == '\\')
            shown += std::string("\\") + c;
        else
            shown += c < ' ' ? '.' : c;
    }
    return shown + '"';
}

void print_data(int fd, base::byte_view bytes)
{
    std::printf("data: fd %d, %zu bytes: %s\n", fd, bytes.size(), quoted(base::text_of(bytes)).c_str());
}

void print_closed(int fd, error_code why)
{
    std::printf("closed: fd %d, %s\n", fd, why ? why.message().c_str() : "by us");
}

void print_usage(process::resource_usage const& usage)
{
    using milliseconds = std::chrono::duration<double, std::milli>;
    std::printf("ended: user %.1f ms, system %.1f ms, %zu KiB at most\n", milliseconds(usage.user).count(),
                milliseconds(usage.system).count(), usage.peak_resident_bytes / 1024);
}

/// The event face: each event a method.
class tracer : public process::handler {
public:
    int exit_code = 0;

private:
    void connected(process::transport& to) override
    {
        program_ = &to;
        std::printf("connected: %s\n", to.description().c_str());
        static_cast<void>(to.close_stdin());  // nothing to say
    }

    void data(int fd, base::byte_view bytes) override { print_data(fd, bytes); }
    void closed(int fd) override { print_closed(fd, program_->why_closed(fd)); }

    void exited(process::ending const& how) override
    {
        std::printf("exited: %s\n", how.status.description().c_str());
    }

    void ended(process::ending const& how) override
    {
        print_usage(how.usage.value_or(process::resource_usage{}));
        exit_code = how.status.shell_code();
    }

    process::transport* program_ = nullptr;
};

/// The operations: a coroutine for each thing that is waited for.
asio::awaitable<void> trace_output(process::piped_child* program, int fd)
{
    std::array<std::byte, 4096> buffer;
    auto const into = std::span(buffer);
    error_code why;
    while (!why) {
        auto token = asio::redirect_error(asio::use_awaitable, why);
        auto const count = co_await program->async_read_some(fd, into, token);
        if (count > 0)
            print_data(fd, into.first(count));
    }
    print_closed(fd, why);
}

asio::awaitable<int> trace_end(process::piped_child* program)
{
    auto const status = co_await program->async_wait(asio::use_awaitable);
    std::printf("exited: %s\n", status.description().c_str());
    co_return status.shell_code();
}

int complain(process::spawn_error const& why)
{
    std::fprintf(stderr, "trace_events: %s\n", why.message().c_str());
    return process::shell_code(why);
}

int trace_with_events(process::command const& what)
{
    asio::io_context loop;
    tracer events;
    auto const running = process::spawn(loop.get_executor(), events, what);
    if (!running)
        return complain(running.error());
    loop.run();
    return events.exit_code;
}

int trace_with_operations(process::command const& what)
{
    asio::io_context loop;
    auto program = process::launch_piped(loop.get_executor(), what);
    if (!program)
        return complain(program.error());
    std::printf("connected: %s\n", program->description().c_str());
    program->close(0);  // nothing to say
    print_closed(0, {});
    auto output = asio::co_spawn(loop, trace_output(&*program, 1), asio::use_future);
    auto errors = asio::co_spawn(loop, trace_output(&*program, 2), asio::use_future);
    auto end = asio::co_spawn(loop, trace_end(&*program), asio::use_future);
    loop.run();
    output.get();
    errors.get();
    print_usage(program->program().usage().value_or(process::resource_usage{}));
    return end.get();
}

int main(int argc, char** argv)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    auto const by_operations = !words.empty() && words.front() == "--operations";
    if (by_operations)
        words.erase(words.begin());
    if (words.empty()) {
        std::fputs("usage: trace_events [--operations] COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    auto const what = process::command_of(words);
    return by_operations ? trace_with_operations(what) : trace_with_events(what);
}
