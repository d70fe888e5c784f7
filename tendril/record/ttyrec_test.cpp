#include <tendril/record/error.hpp>
#include <tendril/record/ttyrec.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;
using namespace std::string_literals;

tendril::result<recording> read(std::string_view text)
{
    ttyrec_reader reader("demo.ttyrec");
    return read_all(reader, text);
}

/// Two frames as ttyrec 1.0.8 writes them: 2013-02-04, 0.25 seconds apart.
std::string const two_frames = "\x00\x60\x10\x51\x00\x00\x00\x00\x02\x00\x00\x00"
                               "ab"
                               "\x00\x60\x10\x51\x90\xd0\x03\x00\x01\x00\x00\x00"
                               "c"s;

TEST_CASE("L08: frames of a ttyrec are read with their times; the missing size is said")
{
    auto const got = read(two_frames).value();

    CHECK(got.head.began->time_since_epoch() == 0x51106000s);
    CHECK(got.events == std::vector<event>{{0s, event_kind::output, "ab"}, {250ms, event_kind::output, "c"}});
    CHECK(got.warnings.size() == 1);
    CHECK(looks_like_ttyrec(two_frames, true));
}

TEST_CASE("L08: a ttyrec cut off anywhere gives every whole frame before the cut")
{
    for (std::size_t cut = 14; cut < two_frames.size(); ++cut) {
        auto const got = read(two_frames.substr(0, cut)).value();
        CHECK(got.events.size() == 1);
        CHECK(got.warnings.size() == (cut == 14 ? 1 : 2));
    }
    CHECK(read(two_frames.substr(0, 13)).error().code == errc::not_a_recording);
}

TEST_CASE("L08: a frame of gigabytes or of an impossible time is an error, not an allocation")
{
    auto huge = two_frames;
    huge[25] = '\x40';  // the length of the second frame: 1 GiB and 1 byte
    auto late = two_frames;
    late[21] = '\x7f';  // its microseconds

    CHECK(read(huge).error().code == errc::line_too_long);
    CHECK(read(late).error().code == errc::bad_time);
}

}  // namespace
