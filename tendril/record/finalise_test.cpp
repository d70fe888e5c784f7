#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/record/finalise.hpp>
#include <tendril/record/recording_file.hpp>
#include <tendril/record/recording_reader.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;
using tendril::base::bytes_of;
using tendril::base::testing::scratch_folder;
namespace fs = std::filesystem;

std::string content_of(std::string const& path)
{
    return tendril::base::read_file(path, 64 * 1024 * 1024).value();
}

recording read_back(std::string const& path)
{
    recording_reader reader(path);
    return read_all(reader, content_of(path)).value();
}

void record_session(std::string const& path, format to)
{
    auto file = recording_file::prepare(path, to).value();
    header head;
    head.began = std::chrono::sys_seconds(1'700'000'000s);
    REQUIRE(file.begin(head).has_value());
    REQUIRE(file.output(10ms, bytes_of("\x1b]0;ann@host\x07")).has_value());
    for (int n = 0; n < 1000; ++n)
        REQUIRE(file.output(n * 100ms + 20ms, bytes_of("line " + std::to_string(n) + "\r\n")).has_value());
    REQUIRE(file.exit(100s, 3).has_value());
    REQUIRE(file.close().has_value());
}

TEST_CASE("L03: at the end a recording is told when, how long, how many frames, how it ended and who")
{
    for (auto const to : {format::golog, format::asciicast_v2, format::asciicast_v3}) {
        CAPTURE(capabilities_of(to).name);
        scratch_folder const folder;
        auto const path = folder.path + "/demo";
        record_session(path, to);
        auto const before = read_back(path);

        auto const done = finalise(path, {{"user", "ann"}, {"term_id", "3"}}).value();

        auto const after = read_back(path);
        CHECK_FALSE(done.was_complete);
        CHECK(after.head.more == done.metadata);
        CHECK(after.head.more.at("end_date") == "1700000100000");
        CHECK(after.head.more.at("frames") == "1002");
        CHECK(after.head.more.at("exit_status") == "3");
        CHECK(after.head.more.at("connect_string") == "ann@host");
        CHECK(after.head.more.at("user") == "ann");
        CHECK(after.head.duration == 100s);
        CHECK(after.events == before.events);
        CHECK((fs::status(path).permissions() & fs::perms::all) ==
              (fs::perms::owner_read | fs::perms::owner_write));
    }
}

TEST_CASE("L03: finalising again changes nothing, and a golog becomes smaller the first time")
{
    scratch_folder const folder;
    auto const path = folder.path + "/demo.golog";
    record_session(path, format::golog);
    auto const size = fs::file_size(path);
    REQUIRE(finalise(path).has_value());
    auto const first = content_of(path);

    auto const again = finalise(path, {{"user", "somebody else"}}).value();

    CHECK(again.was_complete);
    CHECK(again.metadata.at("frames") == "1002");
    CHECK(content_of(path) == first);
    CHECK(first.size() < size - size / 4);
}

TEST_CASE("L03: what is still being recorded, is no recording, or has no place for metadata is left as it is")
{
    scratch_folder const folder;
    auto const busy = folder.path + "/busy.cast";
    auto const noise = folder.path + "/noise";
    auto const bare = folder.path + "/demo.ttyrec";
    auto file = recording_file::prepare(busy).value();
    REQUIRE(file.begin(header{}).has_value());
    REQUIRE(tendril::base::replace_file(noise, "no recording").has_value());
    record_session(bare, format::ttyrec);
    auto const before = content_of(bare);

    CHECK(finalise(busy).error().code == boost::system::errc::operation_would_block);
    CHECK_FALSE(finalise(noise).has_value());
    CHECK_FALSE(finalise(bare).has_value());
    CHECK(content_of(noise) == "no recording");
    CHECK(content_of(bare) == before);
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 3);
}

}  // namespace
