#include <tendril/base/file.hpp>
#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/recording_file.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

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
struct scratch {
    std::string path = (fs::temp_directory_path() / "tendril-record-XXXXXX").string();
    std::string cast;
    scratch()
    {
        REQUIRE(::mkdtemp(path.data()) != nullptr);
        cast = path + "/demo.cast";
    }
    ~scratch() { fs::remove_all(path); }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;
};

std::string content_of(std::string const& path)
{
    return tendril::base::read_file(path, 64 * 1024 * 1024).value();
}

recording read_back(std::string const& path)
{
    return read_asciicast(content_of(path), path).value();
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

TEST_CASE("L01: lines gather for a second or 4 KiB and are whole lines in the file")
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

TEST_CASE("L01: a full disk is said once; later events are dropped and counted, and the file stays readable")
{
    scratch const folder;
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {  // the limit on the size of files must not touch the other tests
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit const small{20'000, 20'000};
        ::setrlimit(RLIMIT_FSIZE, &small);
        auto file = recording_file::prepare(folder.cast).value();
        auto failures = file.begin(header{}).has_value() ? 0 : 100;
        for (int n = 0; n < 1000; ++n)
            if (auto const outcome = file.output(n * 1ms, bytes_of(std::string(100, 'x'))); !outcome)
                failures += outcome.error().code == boost::system::errc::file_too_large ? 1 : 100;
        auto const is_closed_well = file.close().has_value();
        auto const is_counted = file.dropped_events() > 800 && file.dropped_events() < 1000;
        ::_exit(failures == 1 && is_closed_well && is_counted ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);

    auto const read = read_back(folder.cast);
    CHECK(read.events.size() > 100);
    CHECK(read.warnings.size() == 1);
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
