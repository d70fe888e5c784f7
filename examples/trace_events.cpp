// trace_events COMMAND [ARGUMENT...]: runs a program and prints every event of its life as it comes.
#include <tendril/process/transport.hpp>

#include <cstdio>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

using namespace tendril;

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

    void data(int fd, base::byte_view bytes) override
    {
        std::printf("data: fd %d, %zu bytes: %s\n", fd, bytes.size(), quoted(base::text_of(bytes)).c_str());
    }

    void closed(int fd) override
    {
        auto const why = program_->why_closed(fd);
        std::printf("closed: fd %d, %s\n", fd, why ? why.message().c_str() : "by us");
    }

    void exited(process::ending const& how) override
    {
        std::printf("exited: %s\n", how.status.description().c_str());
    }

    void ended(process::ending const& how) override
    {
        using milliseconds = std::chrono::duration<double, std::milli>;
        auto const usage = how.usage.value_or(process::resource_usage{});
        std::printf("ended: after %.1f ms; user %.1f ms, system %.1f ms, %zu KiB at most\n",
                    milliseconds(how.wall_time).count(), milliseconds(usage.user).count(),
                    milliseconds(usage.system).count(), usage.peak_resident_bytes / 1024);
        exit_code = how.status.shell_code();
    }

    static std::string quoted(std::string_view text)
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

    process::transport* program_ = nullptr;
};

int main(int argc, char** argv)
{
    std::vector<std::string> const words(argv + 1, argv + argc);
    if (words.empty()) {
        std::fputs("usage: trace_events COMMAND [ARGUMENT...]\n", stderr);
        return 2;
    }
    asio::io_context loop;
    tracer events;
    auto const running = process::spawn(loop.get_executor(), events, process::command_of(words));
    if (!running) {
        std::fprintf(stderr, "trace_events: %s\n", running.error().message().c_str());
        return process::shell_code(running.error());
    }
    loop.run();
    return events.exit_code;
}
