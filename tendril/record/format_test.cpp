#include <tendril/record/format.hpp>
#include <tendril/record/gzip.hpp>
#include <tendril/record/recording_reader.hpp>
#include <tendril/record/typescript_writer.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;

constexpr std::array every_written_format{format::asciicast_v2, format::asciicast_v3,       format::golog,
                                          format::typescript,   format::typescript_streams, format::ttyrec};

/// A recording on disk: the file, and the timing of a typescript.
struct files {
    std::string text;
    std::optional<std::string> timing;
};

files write(recording const& from, format to)
{
    files made;
    auto const writer = make_writer(to, environment_policy::all);
    writer->begin(from.head, made.text);
    for (auto const& each : from.events)
        writer->write(each, made.text);
    writer->finish(made.text);
    if (auto* const script = dynamic_cast<typescript_writer*>(writer.get()))
        made.timing = script->take_timing();
    if (to == format::golog)
        made.text = gzip_member(made.text);
    return made;
}

/// Reads @p from cut into pieces of the sizes that @p cut returns.
template <typename Cut>
recording read(files const& from, Cut cut)
{
    recording_reader reader("test", {from.timing, std::nullopt});
    recording got;
    std::string_view rest = from.text;
    for (bool is_finished = false;;) {
        auto next = reader.next();
        REQUIRE_MESSAGE(next.has_value(), next.error().message());
        if (*next) {
            got.events.push_back(std::move(**next));
        } else if (!rest.empty()) {
            auto const size = std::min<std::size_t>(cut(), rest.size());
            reader.push(rest.substr(0, size));
            rest.remove_prefix(size);
        } else if (!is_finished) {
            reader.finish();
            is_finished = true;
        } else {
            break;
        }
    }
    REQUIRE(reader.head().has_value());
    got.head = *reader.head();
    got.warnings = reader.take_warnings();
    return got;
}

recording read(files const& from)
{
    return read(from, [] { return std::size_t{65536}; });
}

/// Neighbouring output of one moment as one event: formats may cut it, the bytes are the same.
std::vector<event> joined(std::vector<event> const& events)
{
    std::vector<event> whole;
    for (auto const& each : events) {
        bool const is_stream = each.kind == event_kind::output || each.kind == event_kind::input;
        if (is_stream && each.text.empty())
            continue;
        if (is_stream && !whole.empty() && whole.back().kind == each.kind && whole.back().time == each.time)
            whole.back().text += each.text;
        else
            whole.push_back(each);
    }
    return whole;
}

enum class bytes_allowed { utf8, any };

std::string random_text(std::mt19937& random, bytes_allowed which)
{
    static std::vector<std::string> const pieces{"plain ",
                                                 "\x1b[1;31m",
                                                 "\r\n",
                                                 "\xc3\xa9",
                                                 "\xe6\xbc\xa2",
                                                 "\xf3\xb0\xbc\x8f",
                                                 "\x1b]_;tendril|resize|9x9\x07",
                                                 "\"\\",
                                                 "\x1b[8;24;80t",
                                                 "\nScript done on ",
                                                 "1234567890123:"};
    std::string text;
    for (auto count = 1 + random() % 4; count > 0; --count) {
        if (which == bytes_allowed::any && random() % 3 == 0)
            text += static_cast<char>(random() % 256);
        else
            text += pieces[random() % pieces.size()];
    }
    return text;
}

/// A recording that @p can be said in whole; times are whole milliseconds.
recording random_recording(std::mt19937& random, capabilities const& can)
{
    recording made;
    made.head.size = {static_cast<std::uint16_t>(1 + random() % 200),
                      static_cast<std::uint16_t>(1 + random() % 99)};
    if (can.began)
        made.head.began =
            std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000 + random() % 1'000'000));
    if (can.command) {
        made.head.command = "sh -c 'echo \"hi\"'";
        made.head.terminal_type = "xterm-256color";
        made.head.environment["TERM"] = "xterm-256color";
    }
    if (can.titles) {
        made.head.title = "a title";
        made.head.tags = {"one", "two"};
        made.head.idle_time_limit = 2500ms;
        made.head.more["term_id"] = "3";
        made.head.more["user"] = "daniel";
        made.head.colours = theme{{1, 2, 3}, {4, 5, 6}, std::vector<colour>(8, colour{7, 8, 9})};
    }
    moment now{0};
    auto const which = can.bytes ? bytes_allowed::any : bytes_allowed::utf8;
    for (auto count = random() % 40; count > 0; --count) {
        now += std::chrono::milliseconds(random() % 3 == 0 ? 0 : random() % 5000);
        switch (random() % 8) {
        case 0:
            if (can.input)
                made.events.push_back({now, event_kind::input, random_text(random, which)});
            break;
        case 1:
            if (can.resize) {
                screen_size const size{static_cast<std::uint16_t>(1 + random() % 300), 40};
                made.events.push_back({now, event_kind::resize, to_string(size), size});
            }
            break;
        case 2:
            if (can.markers)
                made.events.push_back({now, event_kind::marker, "chapter 100% | \xc3\xa9"});
            break;
        case 3:
            if (can.markers)
                made.events.push_back({now, event_kind::gap, "12 events lost"});
            break;
        case 4:
            if (can.markers)
                made.events.push_back({now, event_kind::other, "from the future", {}, "q"});
            break;
        default:
            made.events.push_back({now, event_kind::output, random_text(random, which)});
        }
    }
    if (can.exit)  // at the time of the last event: the classic typescript has no other
        made.events.push_back(
            {made.events.empty() ? moment(0) : made.events.back().time, event_kind::exit, "3"});
    return made;
}

void check_same(recording const& got, recording const& wanted)
{
    CHECK(got.warnings == std::vector<std::string>{});
    CHECK(joined(got.events) == joined(wanted.events));
    CHECK(got.head.size == wanted.head.size);
    CHECK(got.head.began == wanted.head.began);
    CHECK(got.head.command == wanted.head.command);
    CHECK(got.head.title == wanted.head.title);
    CHECK(got.head.terminal_type == wanted.head.terminal_type);
    CHECK(got.head.tags == wanted.head.tags);
    CHECK(got.head.idle_time_limit == wanted.head.idle_time_limit);
    CHECK(got.head.colours == wanted.head.colours);
    CHECK(got.head.more == wanted.head.more);
    CHECK(got.head.environment == wanted.head.environment);
}

TEST_CASE("L08: what a format can say is read back exactly, in any chunking, without a warning")
{
    std::mt19937 random(8);
    for (auto const each : every_written_format) {
        auto const& can = capabilities_of(each);
        CAPTURE(can.name);
        for (int round = 0; round < 200; ++round) {
            CAPTURE(round);
            auto const wanted = random_recording(random, can);
            auto const made = write(wanted, each);
            auto const got = read(made);
            check_same(got, wanted);
            auto const pieces = read(made, [&] { return 1 + random() % (round % 2 == 0 ? 3 : 200); });
            REQUIRE(joined(pieces.events) == joined(got.events));
            REQUIRE(pieces.head == got.head);
        }
    }
}

TEST_CASE("L08: through every other format and back a recording keeps what both can say")
{
    std::mt19937 random(9);
    for (auto const first : every_written_format) {
        for (auto const second : every_written_format) {
            auto can = capabilities_of(first);
            auto const& other = capabilities_of(second);
            CAPTURE(can.name);
            CAPTURE(other.name);
            can.bytes &= other.bytes;
            can.input &= other.input;
            can.resize &= other.resize;
            can.markers &= other.markers;
            can.exit &= other.exit;
            can.titles &= other.titles;
            can.command &= other.command;
            for (int round = 0; round < 20; ++round) {
                auto const wanted = random_recording(random, can);
                auto const there = read(write(wanted, first));
                auto const back = read(write(there, second));
                check_same(back, wanted);
            }
        }
    }
}

TEST_CASE("L08: what a format cannot say is named before it is lost")
{
    recording whole;
    whole.head.title = "a title";
    whole.head.command = "top";
    whole.events = {{1s, event_kind::input, "x"},
                    {1s, event_kind::marker, "here"},
                    {2s, event_kind::marker, "there"},
                    {3s, event_kind::exit, "0"}};
    auto const lost_in = [&](format to) {
        loss lost(to);
        lost.count(whole.head);
        for (auto const& each : whole.events)
            lost.count(each);
        return lost.text(0);
    };

    CHECK(lost_in(format::golog) == "");
    CHECK(lost_in(format::asciicast_v3) == "");
    CHECK(lost_in(format::typescript) == "the title, 1 input event, 2 markers");
    CHECK(lost_in(format::ttyrec) == "the command, the title, 1 input event, 2 markers, 1 exit status");
    CHECK(loss(format::asciicast_v2).text(3) == "3 bytes that are not UTF-8");
}

TEST_CASE("L08: the format is found by the content, packed or not")
{
    recording small;
    small.events = {{1s, event_kind::output, "hello"}, {2s, event_kind::output, "world"}};
    for (auto const each : {format::asciicast_v3, format::golog, format::typescript, format::ttyrec}) {
        CAPTURE(capabilities_of(each).name);
        auto const made = write(small, each);
        auto const text = each == format::golog ? made.text : gzip_member(made.text);
        recording_reader reader;
        auto const got = read_all(reader, text);
        REQUIRE(got.has_value());
        CHECK(reader.found() == each);
        CHECK(got->events.size() >= 1);
    }
}

TEST_CASE("L08: what is no recording is refused with the reason")
{
    for (auto const& [text, reason] :
         {std::pair<std::string, std::string>{"", "it is empty"},
          {"\x7f"
           "ELF\x02\x01",
           "no recording in a format that is known"},
          {"just some text\nof two lines\n", "no recording in a format"},
          {"0.123 45\n0.2 3\n", "give the typescript"},
          {"H 0.000000 START_TIME x\n", "give the typescript"},
          {std::string(100, '\0'), "no recording"},
          {gzip_member("no recording"), "no recording"},
          {R"({"version":9})"
           "\n",
           "this version"},
          {"1234567890123:{\"version\":\"2.0\"}\xf3\xb0\xbc\x8f", "this version"}}) {
        CAPTURE(text);
        recording_reader reader("demo");
        auto const got = read_all(reader, text);
        REQUIRE_FALSE(got.has_value());
        CHECK(got.error().message().find(reason) != std::string::npos);
        CHECK(got.error().message().starts_with("cannot read demo"));
    }
}

}  // namespace
