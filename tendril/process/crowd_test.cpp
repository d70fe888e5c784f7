#include <tendril/io/stream.hpp>
#include <tendril/process/child.hpp>
#include <tendril/process/errc.hpp>
#include <tendril/process/testing/spawn_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <boost/asio/io_context.hpp>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

constexpr auto deadline = std::chrono::seconds(120);

/// One of many: its output so far and how it ended.
struct member {
    explicit member(child&& started, io::executor on, base::unique_fd output)
        : running(std::move(started)), out(std::move(on), std::move(output))
    {
        running.async_wait([this](error_code why, exit_status status) {
            reaped = !why && status.success();
            lost = why == error_code(errc::status_lost);
        });
        read_on();
    }

    void read_on()
    {
        out.async_read_some(buffer, [this](error_code why, std::size_t count) {
            text.append(reinterpret_cast<char const*>(buffer.data()), count);
            if (!why)
                read_on();
        });
    }

    child running;
    io::stream out;
    std::array<std::byte, 4096> buffer;
    std::string text;
    bool reaped = false;
    bool lost = false;
};

std::unique_ptr<member> enlist(asio::io_context& loop, command what)
{
    auto out = make_pipe();
    std::erase_if(what.descriptors, [](descriptor_mapping const& each) { return each.child == 1; });
    what.descriptors.push_back({1, out.writer.get()});
    auto started = launch(loop.get_executor(), what);
    REQUIRE_MESSAGE(started.has_value(), started.error().message());
    return std::make_unique<member>(std::move(*started), loop.get_executor(), std::move(out.reader));
}

TEST_CASE("C14: two thousand children that end at once are all reaped, with all their data")
{
    ::rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    auto const before = limit;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 4200) {
        MESSAGE("skipped: 2,000 children need 4,200 open files");
        return;
    }
    {
        asio::io_context loop;
        auto gate = make_pipe();
        std::vector<std::unique_ptr<member>> crowd;
        for (int i = 0; i < 2000; ++i) {
            auto what = shell("read gate; printf '%6000d' $0");
            what.arguments.push_back(std::to_string(i));
            what.descriptors = {{0, gate.reader.get()}, {2, 2}};
            crowd.push_back(enlist(loop, std::move(what)));
        }
        gate.writer.reset();
        loop.run_for(deadline);

        int reaped = 0;
        int complete = 0;
        for (std::size_t i = 0; i < crowd.size(); ++i) {
            auto const number = std::to_string(i);
            reaped += crowd[i]->reaped;
            complete += crowd[i]->text.size() == 6000 && crowd[i]->text.ends_with(' ' + number);
        }
        CHECK(reaped == 2000);
        CHECK(complete == 2000);
    }
    ::setrlimit(RLIMIT_NOFILE, &before);
}

std::atomic<int> signals_seen = 0;

TEST_CASE("C14: a SIGCHLD handler of other code stays in place, and hears of its own children and of ours")
{
    struct sigaction counting{};
    struct sigaction before{};
    counting.sa_handler = [](int) { ++signals_seen; };
    counting.sa_flags = SA_RESTART;
    ::sigaction(SIGCHLD, &counting, &before);
    signals_seen = 0;
    asio::io_context loop;

    auto const ours = enlist(loop, shell("echo ours; exit 0"));
    loop.run_for(deadline);
    auto const theirs = ::fork();
    if (theirs == 0)
        ::_exit(7);
    int status = 0;
    auto const waited = ::waitpid(theirs, &status, 0);

    struct sigaction after{};
    ::sigaction(SIGCHLD, &before, &after);
    CHECK((after.sa_handler == counting.sa_handler));
    CHECK(signals_seen >= 2);
    CHECK(ours->reaped);
    CHECK(ours->text == "ours\n");
    CHECK(waited == theirs);
    CHECK(WEXITSTATUS(status) == 7);
}

TEST_CASE("C14: a child of other code is never reaped by us, however many of ours end around it")
{
    asio::io_context loop;
    auto const theirs = ::fork();
    if (theirs == 0)
        ::_exit(7);
    std::vector<std::unique_ptr<member>> crowd;
    for (int i = 0; i < 50; ++i)
        crowd.push_back(enlist(loop, test_child({"exit", "0"})));
    loop.run_for(deadline);

    for (auto const& each : crowd)
        CHECK(each->reaped);
    int status = 0;
    CHECK(::waitpid(theirs, &status, 0) == theirs);
    CHECK(WEXITSTATUS(status) == 7);
}

TEST_CASE("C14: beside a thread that waits for everybody, every wait of ours ends and no data is lost")
{
    asio::io_context loop;
    std::atomic<bool> go_on = true;
    std::atomic<int> theirs_seen = 0;
    std::thread other([&] {
        auto forked = ::fork();
        if (forked == 0)
            ::_exit(7);
        while (go_on || forked > 0) {
            auto const pid = ::waitpid(-1, nullptr, go_on ? WNOHANG : 0);
            if (forked > 0 && pid == forked) {
                ++theirs_seen;
                forked = 0;
            }
            std::this_thread::yield();
        }
    });
    std::vector<std::unique_ptr<member>> crowd;
    for (int i = 0; i < 200; ++i)
        crowd.push_back(enlist(loop, shell("echo data")));
    loop.run_for(deadline);
    go_on = false;
    other.join();

    for (auto const& each : crowd) {
        CHECK((each->reaped || each->lost));
        CHECK(each->text == "data\n");
    }
    CHECK(theirs_seen == 1);
}

TEST_CASE("C14: where SIGCHLD is ignored no data is lost either")
{
    auto const before = ::signal(SIGCHLD, SIG_IGN);
    asio::io_context loop;
    auto const one = enlist(loop, shell("echo data"));
    loop.run_for(deadline);
    ::signal(SIGCHLD, before);

    CHECK(one->text == "data\n");
    CHECK((one->lost || one->reaped));
}

TEST_CASE("C01: starting programs does not copy our memory, a gigabyte of it")
{
    constexpr std::size_t size = std::size_t{1} << 30;
    constexpr std::size_t page = 4096;
    auto* const memory = static_cast<char*>(
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
    REQUIRE(memory != MAP_FAILED);
    ::madvise(memory, size, MADV_NOHUGEPAGE);
    auto const touch_all = [&] {
        for (std::size_t at = 0; at < size; at += page)
            ++memory[at];
    };
    auto const faults = [] {
        ::rusage used{};
        ::getrusage(RUSAGE_SELF, &used);
        return used.ru_minflt;
    };
    touch_all();
    auto const before = faults();

    for (int i = 0; i < 10; ++i)
        output_of(test_child({"exit", "0"}));
    touch_all();

    // After a copying fork every one of the 262,144 pages would fault when it is written to again.
    CHECK(faults() - before < 26'000);
    ::munmap(memory, size);
}

}  // namespace
