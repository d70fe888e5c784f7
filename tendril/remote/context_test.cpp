// Contexts as a user's program has them: testing/context_program.cpp is that program.

#include <tendril/io/executor.hpp>
#include <tendril/process/output.hpp>
#include <tendril/process/piped_child.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// One run of the program: what it says, line by line, and its end.
class running_program {
public:
    explicit running_program(std::vector<std::string> arguments, std::vector<std::string> more = {})
    {
        arguments.insert(arguments.begin(), TENDRIL_CONTEXT_PROGRAM);
        auto what = process::command_of(arguments);
        for (auto const& each : more)
            what.environment.set(each.substr(0, each.find('=')), each.substr(each.find('=') + 1));
        auto started = process::launch_piped(loop_.get_executor(), what);
        REQUIRE(started);
        child_.emplace(std::move(*started));
        child_->close(0);
        read(1, said_);
        read(2, complained_);
        child_->async_wait([this](error_code why, process::exit_status status) {
            REQUIRE_FALSE(why);
            ended_ = status;
        });
    }

    /// Waits until @p happened.
    void until(std::function<bool()> const& happened)
    {
        auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        while (!happened() && std::chrono::steady_clock::now() < deadline) {
            loop_.restart();
            loop_.run_one_for(std::chrono::milliseconds(50));
        }
        INFO(said_.text);
        INFO(complained_.text);
        REQUIRE(happened());
    }

    int status()
    {
        until([&] { return ended_ && said_.is_over && complained_.is_over; });
        return ended_->shell_code();
    }

    std::string const& output() const { return said_.text; }
    std::string const& errors() const { return complained_.text; }
    std::vector<std::string> lines() const
    {
        std::vector<std::string> all;
        std::istringstream text(said_.text);
        for (std::string line; std::getline(text, line);)
            all.push_back(line);
        return all;
    }
    process::piped_child& child() { return *child_; }

private:
    struct stream_text {
        std::string text;
        bool is_over = false;
        std::array<std::byte, 4096> buffer;
    };

    void read(int fd, stream_text& into)
    {
        child_->async_read_some(fd, into.buffer, [this, fd, &into](error_code why, std::size_t count) {
            into.text += base::text_of(std::span(into.buffer).first(count));
            into.is_over = static_cast<bool>(why);
            if (!why)
                read(fd, into);
        });
    }

    asio::io_context loop_;
    std::optional<process::piped_child> child_;
    stream_text said_;
    stream_text complained_;
    std::optional<process::exit_status> ended_;
};

/// The processes that a chain printed, the topmost first.
std::vector<pid_t> processes_in(running_program const& program)
{
    std::vector<pid_t> all;
    for (auto const& each : program.lines())
        if (!each.empty() && each.find_first_not_of("0123456789") == std::string::npos)
            all.push_back(std::stoi(each));
    return all;
}

/// True while a process of ours runs there, be it frozen; not for one that is dead and not yet reaped.
bool runs(pid_t process)
{
    if (::kill(process, 0) < 0)
        return false;
    std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(stat, text);
    auto const end = text.rfind(')');
    return end != std::string::npos && text.substr(end + 2, 1) != "Z" && text.substr(end + 2, 1) != "X";
}

void all_end(running_program& program, std::vector<pid_t> const& processes)
{
    program.until([&] { return std::ranges::none_of(processes, runs); });
}

TEST_CASE("K03: a program starts itself as a context, calls it, and all is gone when it returns")
{
    running_program program({"basics"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "worker is context 1\n");
    CHECK(program.errors().empty());
}

TEST_CASE("R01: what the program throws comes out of tendril::main after its contexts have ended")
{
    running_program program({"throw"});

    CHECK(program.status() == 4);
    CHECK(program.output() == "thrown: the program's own\n");
}

TEST_CASE("R18: what a context writes to its standard output and error comes to the master's log")
{
    running_program program({"output"}, {"TENDRIL_LOG_LEVEL=notice"});

    CHECK(program.status() == 0);
    CHECK(program.errors().contains("[context 1] notice output: hello\n"));
    CHECK(program.errors().contains("[context 1] notice output: and hello\n"));
}

TEST_CASE("R20: when the master is killed, a chain of contexts ends, however deep, whatever it does")
{
    running_program program({"chain", "6"});
    program.until([&] { return program.output().contains("ready"); });
    auto const processes = processes_in(program);
    REQUIRE(processes.size() == 6);

    REQUIRE(program.child().program().signal(SIGKILL));

    all_end(program, processes);
}

TEST_CASE("R20: when a context in the middle is killed, those below end, and who waits hears of it")
{
    running_program program({"chain", "4"});
    program.until([&] { return program.output().contains("ready"); });
    auto const processes = processes_in(program);
    REQUIRE(processes.size() == 4);

    SUBCASE("the first")
    {
        ::kill(processes[0], SIGKILL);
        CHECK(program.status() == 0);
        CHECK(program.lines().back().starts_with("the link to context 1 was lost: "));
        all_end(program, processes);
    }
    SUBCASE("the last")
    {
        ::kill(processes[3], SIGKILL);
        all_end(program, {processes[3]});
        CHECK(runs(processes[2]));
        REQUIRE(program.child().program().signal(SIGKILL));
        all_end(program, processes);
    }
    SUBCASE("the second")
    {
        ::kill(processes[1], SIGKILL);
        all_end(program, {processes.begin() + 1, processes.end()});
        ::kill(processes[0], SIGKILL);
        CHECK(program.status() == 0);
    }
}

TEST_CASE("R07: a context whose function does not stop is killed when its time is over")
{
    running_program program({"stubborn"});

    CHECK(program.status() == 0);
    CHECK(program.output().contains("the link to context 1 was lost: it did not end when it was asked to"));
}

TEST_CASE("R20: a context that is frozen is lost after the silence that is allowed")
{
    running_program program({"frozen"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "the link to context 1 was lost: it has said nothing for 600 ms\n");
}

TEST_CASE("K02: contexts are forked with hooks, their own identity, and no descriptor but their own")
{
    running_program program({"fork"}, {"TENDRIL_LOG_LEVEL=notice"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "on_fork on_start\n");
    CHECK(program.errors().contains("notice output: forked\n"));
}

TEST_CASE("K16: fifty contexts are made, called and ended")
{
    running_program program({"many", "50"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "50 contexts\n");
}

#ifndef TENDRIL_SANITIZED  // a program with a sanitizer is not static, and cannot travel
TEST_CASE("R20: a context behind a shell ends without its master, although its function does not stop")
{
    for (std::string const threads : {"1", "2"}) {
        CAPTURE(threads);
        running_program program({"left", threads});
        program.until([&] { return program.output().contains("ready"); });
        auto const processes = processes_in(program);
        REQUIRE(processes.size() == 1);

        REQUIRE(program.child().program().signal(SIGKILL));

        all_end(program, processes);
    }
}

TEST_CASE("K01: a context behind a shell is sent the program and called")
{
    running_program program({"shell"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "42\n");
}
#endif

TEST_CASE("R01: a process that is started as a context by hand says that nobody speaks to it")
{
    running_program program({"tendril-context"});

    CHECK(program.status() == 1);
    CHECK(program.errors().starts_with(
        "tendril: this process cannot be a context: cannot read the first message: "));
}

}  // namespace
