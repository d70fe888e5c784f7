#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/recording_file.hpp>
#include <tendril/record/recording_reader.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;
using tendril::base::bytes_of;
namespace fs = std::filesystem;

/// A folder of its own, gone with the test.
struct scratch : tendril::base::testing::scratch_folder {
    std::string const cast = path + "/demo.cast";
};

std::string content_of(std::string const& path)
{
    return tendril::base::read_file(path, 64 * 1024 * 1024).value();
}

recording read_back(std::string const& path)
{
    return read_asciicast(content_of(path), path).value();
}

recording read_any(std::string const& path)
{
    recording_reader reader(path);
    return read_all(reader, content_of(path)).value();
}

TEST_CASE("L01: what was recorded is read back, and nobody else may read the file")
{
    scratch const folder;
    {
        auto file = recording_file::prepare(folder.cast).value();
        REQUIRE(file.begin(header{}).has_value());
        REQUIRE(file.output(10ms, bytes_of("hello")).has_value());
        REQUIRE(file.resize(20ms, {90, 30}).has_value());
        REQUIRE(file.mark(30ms, "here").has_value());
        REQUIRE(file.exit(40ms, 7).has_value());
        REQUIRE(file.close().has_value());
    }

    auto const read = read_back(folder.cast);
    CHECK(read.events == std::vector<event>{{10ms, event_kind::output, "hello"},
                                            {20ms, event_kind::resize, "90x30", {90, 30}},
                                            {30ms, event_kind::marker, "here"},
                                            {40ms, event_kind::exit, "7"}});
    struct stat about{};
    REQUIRE(::stat(folder.cast.c_str(), &about) == 0);
    CHECK((about.st_mode & 07777) == 0600);
}

TEST_CASE("L01: a program that could not be started leaves no new file and no harm to an old one")
{
    scratch const folder;
    auto const old = folder.path + "/old.cast";
    REQUIRE(tendril::base::replace_file(old, "precious").has_value());

    {
        auto const fresh = recording_file::prepare(folder.cast).value();
        auto const existing = recording_file::prepare(old).value();
        CHECK(fs::exists(folder.cast));
    }

    CHECK_FALSE(fs::exists(folder.cast));
    CHECK(content_of(old) == "precious");
}

TEST_CASE("L01: beginning replaces what an old file held")
{
    scratch const folder;
    REQUIRE(tendril::base::replace_file(folder.cast, std::string(10'000, 'x')).has_value());

    {
        auto file = recording_file::prepare(folder.cast).value();
        REQUIRE(file.begin(header{}).has_value());
    }

    CHECK(read_back(folder.cast).events.empty());
}

TEST_CASE("L01: lines gather for a second or 64 KiB and are whole lines in the file")
{
    scratch const folder;
    auto file = recording_file::prepare(folder.cast).value();
    REQUIRE(file.begin(header{}).has_value());
    CHECK_FALSE(file.flush_due().has_value());

    REQUIRE(file.output(5s, bytes_of("early")).has_value());
    CHECK(file.flush_due() == 6s);
    REQUIRE(file.flush_if_due(5900ms).has_value());
    CHECK(read_back(folder.cast).events.empty());

    REQUIRE(file.flush_if_due(6s).has_value());
    CHECK(read_back(folder.cast).events.size() == 1);

    REQUIRE(file.output(7s, bytes_of(std::string(recording_file::flush_bytes, 'x'))).has_value());
    CHECK(read_back(folder.cast).events.size() == 2);

    REQUIRE(file.output(8s, bytes_of("waits")).has_value());
    REQUIRE(file.output(9s, bytes_of("is old enough")).has_value());
    CHECK(read_back(folder.cast).events.size() == 4);
}

TEST_CASE("L01: after kill -9 everything but the last second is readable")
{
    scratch const folder;
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto file = recording_file::prepare(folder.cast).value();
        bool is_good = file.begin(header{}).has_value();
        for (int n = 0; n < 1000; ++n)
            is_good = is_good && file.output(n * 100ms, bytes_of("tick")).has_value();
        ::kill(::getpid(), is_good ? SIGKILL : SIGTERM);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(WTERMSIG(status) == SIGKILL);

    auto const read = read_back(folder.cast);
    REQUIRE_FALSE(read.events.empty());
    CHECK(read.events.back().time >= 98'900ms);
    CHECK(read.warnings.empty());
}

/// Runs @p body in a child of its own with files of at most @p bytes; true when it returns true.
template <typename Body>
bool with_small_files(rlim_t bytes, Body body)
{
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {  // the limit on the size of files must not touch the other tests
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit const small{bytes, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &small);
        ::_exit(body() ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return status == 0;
}

constexpr std::array formats_of_one_file{format::asciicast_v2, format::asciicast_v3, format::golog,
                                         format::ttyrec};

/// Text that no format packs well.
std::string noise(std::mt19937& random, std::size_t size)
{
    std::string text;
    while (text.size() < size)
        text += static_cast<char>(' ' + random() % 90);
    return text;
}

TEST_CASE("L01: a full disk is said once; later events are counted, and the file stays whole")
{
    for (auto const to : formats_of_one_file) {
        CAPTURE(capabilities_of(to).name);
        scratch const folder;
        CHECK(with_small_files(20'000, [&] {
            std::mt19937 random(1);
            auto file = recording_file::prepare(folder.cast, to).value();
            auto failures = file.begin(header{}).has_value() ? 0 : 100;
            for (int n = 0; n < 1000; ++n)
                if (auto const outcome = file.output(n * 100ms, bytes_of(noise(random, 100))); !outcome)
                    failures += outcome.error().code == boost::system::errc::file_too_large ? 1 : 100;
            return failures == 1 && file.close().has_value() && file.dropped_events() > 700 &&
                   file.dropped_events() < 1000;
        }));
        auto const read = read_any(folder.cast);
        CHECK(read.events.size() > 50);
        CHECK(read.warnings.empty());
    }
}

TEST_CASE("L01: when there is room again recording resumes, and the gap says what is missing")
{
    for (auto const to : formats_of_one_file) {
        CAPTURE(capabilities_of(to).name);
        scratch const folder;
        CHECK(with_small_files(20'000, [&] {
            std::mt19937 random(1);
            auto file = recording_file::prepare(folder.cast, to).value();
            auto failures = file.begin(header{}).has_value() ? 0 : 100;
            for (int n = 0; n < 1000; ++n) {
                if (n == 900) {
                    rlimit const roomy{RLIM_INFINITY, RLIM_INFINITY};
                    ::setrlimit(RLIMIT_FSIZE, &roomy);
                }
                failures += file.output(n * 100ms, bytes_of(noise(random, 100))).has_value() ? 0 : 1;
            }
            return failures == 1 && file.close().has_value();
        }));
        auto const read = read_any(folder.cast);
        CHECK(read.warnings.empty());
        if (capabilities_of(to).markers) {
            // Small gaps before: what fits beside a full disk is written.
            std::vector<event> gaps;
            std::ranges::copy_if(read.events, std::back_inserter(gaps),
                                 [](event const& each) { return each.kind == event_kind::gap; });
            REQUIRE_FALSE(gaps.empty());
            CHECK(gaps.back().text.ends_with("events are missing: File too large"));
            CHECK(gaps.back().time >= 89s);
            CHECK(gaps.back().time <= 92s);
        }
        CHECK(read.events.back().time == 99900ms);
        CHECK(std::ranges::count(read.events, event_kind::output, &event::kind) > 130);
    }
}

TEST_CASE("L01: a disk that is full from the start gets the header when there is room")
{
    scratch const folder;
    CHECK(with_small_files(10, [&] {
        auto file = recording_file::prepare(folder.cast).value();
        auto const begun = file.begin(header{});
        bool const is_said_once = !begun && file.output(500ms, bytes_of("lost")).has_value();
        rlimit const roomy{RLIM_INFINITY, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &roomy);
        return is_said_once && file.output(3s, bytes_of("kept")).has_value() && file.close().has_value();
    }));

    auto const read = read_any(folder.cast);
    CHECK(read.events == std::vector<event>{{3s, event_kind::gap, "1 events are missing: File too large"},
                                            {3s, event_kind::output, "kept"}});
}

/// How far a recorder that is about to be killed has come; shared with it.
struct progress {
    std::atomic<std::int64_t>* events;
    progress()
        : events(static_cast<std::atomic<std::int64_t>*>(
              ::mmap(nullptr, sizeof *events, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)))
    {
        REQUIRE(static_cast<void*>(events) != MAP_FAILED);
    }
    ~progress() { ::munmap(events, sizeof *events); }
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
};

/// Records an event every 10 ms of its own time until it is killed.
[[noreturn]] void record_until_killed(std::string const& path, format to, std::atomic<std::int64_t>& done)
{
    auto file = recording_file::prepare(path, to).value();
    static_cast<void>(file.begin(header{}));
    for (std::int64_t n = 0;; ++n) {
        static_cast<void>(file.output(n * 10ms, bytes_of("event " + std::to_string(n) + "\r\n")));
        done.store(n + 1);
    }
}

TEST_CASE("L01: killed with SIGKILL at 200 random moments, every recording is readable up to the last second")
{
    std::mt19937 random(200);
    for (int round = 0; round < 200; ++round) {
        auto const to = formats_of_one_file[static_cast<std::size_t>(round) % formats_of_one_file.size()];
        CAPTURE(capabilities_of(to).name);
        scratch const folder;
        progress const shared;
        auto const moment_to_kill = static_cast<std::int64_t>(1 + random() % 3000);
        auto const child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0)
            record_until_killed(folder.cast, to, *shared.events);
        while (shared.events->load() < moment_to_kill)
            ::sched_yield();
        ::kill(child, SIGKILL);
        REQUIRE(::waitpid(child, nullptr, 0) == child);

        auto const read = read_any(folder.cast);
        auto const outputs = std::ranges::count(read.events, event_kind::output, &event::kind);
        CHECK(outputs >= shared.events->load() - 101);  // a second, and the one being written
        for (std::int64_t n = 0; n < outputs; ++n)
            REQUIRE(read.events[static_cast<std::size_t>(n)].text == "event " + std::to_string(n) + "\r\n");
    }
}

TEST_CASE("L01: a file that cannot be recorded to is named with the reason")
{
    scratch const folder;
    auto const missing = recording_file::prepare(folder.path + "/no/demo.cast");
    auto const directory = recording_file::prepare(folder.path);
    auto const first = recording_file::prepare(folder.cast).value();
    auto const second = recording_file::prepare(folder.cast);

    CHECK(missing.error().message() ==
          "cannot write " + folder.path + "/no/demo.cast: No such file or directory");
    CHECK(directory.error().code == boost::system::errc::is_a_directory);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().code == boost::system::errc::operation_would_block);
}

TEST_CASE("L01: an event before the beginning is refused")
{
    scratch const folder;
    auto file = recording_file::prepare(folder.cast).value();

    CHECK(file.output(1s, bytes_of("x")).error().code == errc::not_begun);
}

}  // namespace
