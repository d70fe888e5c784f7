#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/asciicast_writer.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <boost/json/serialize.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;
using tendril::base::bytes_of;

header a_header()
{
    header made;
    made.size = {100, 40};
    made.terminal_type = "xterm-256color";
    made.colours = theme{{0xd0, 0xd0, 0xd0}, {0x21, 0x21, 0x21}, std::vector<colour>(8, {1, 2, 3})};
    made.began = std::chrono::sys_seconds(1504467315s);
    made.idle_time_limit = 1500ms;
    made.command = "vim \"a file\"";
    made.title = "a title \xe2\x82\xac";
    made.environment = {{"SHELL", "/bin/bash"}, {"TERM", "xterm-256color"}};
    made.tags = {"one", "two"};
    return made;
}

std::vector<event> some_events()
{
    return {{0us, event_kind::output, "$ \x1b[1mls\x1b[m\r\n"},
            {1500ms, event_kind::input, "l\"\\\x7f"},
            {1501ms, event_kind::resize, "120x50", {120, 50}},
            {2s, event_kind::marker, "here"},
            {2s, event_kind::other, "{}", {}, "z"},
            {3s, event_kind::output, "\xf0\x9f\x98\x80"},
            {4s, event_kind::exit, "3"}};
}

std::string written(recording const& from, asciicast_version as)
{
    std::string text;
    asciicast_writer writer(as);
    writer.begin(from.head, text);
    for (auto const& each : from.events)
        writer.write(each, text);
    writer.finish(text);
    return text;
}

TEST_CASE("L04: a recording goes through v2 and v3, either way, and is the same afterwards")
{
    recording const original{a_header(), some_events(), {}};

    auto const v3 = read_asciicast(written(original, asciicast_version::v3)).value();
    auto const v2 = read_asciicast(written(v3, asciicast_version::v2)).value();
    auto back = read_asciicast(written(v2, asciicast_version::v3)).value();

    CHECK(v2.head.version == 2);
    CHECK(v3.events == original.events);
    CHECK(v2.events == original.events);
    CHECK(back.events == original.events);
    CHECK(back.head == original.head);
    CHECK(v2.warnings.empty());
    CHECK(v3.warnings.empty());
}

TEST_CASE("L04: a v3 file looks as the specification says")
{
    header small;
    small.size = {80, 24};
    small.environment = {{"SHELL", "/bin/sh"}, {"AWS_SECRET", "hush"}};
    std::string text;
    asciicast_writer writer;

    writer.begin(small, text);
    writer.output(250ms, bytes_of("hello\r\n"), text);
    writer.mark(1250ms, "done", text);
    writer.exit(1250ms, 0, text);

    CHECK(text == "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24},\"env\":{\"SHELL\":\"/bin/sh\"}}\n"
                  "[0.250, \"o\", \"hello\\r\\n\"]\n"
                  "[1.000, \"m\", \"done\"]\n"
                  "[0.000, \"x\", \"0\"]\n");
}

TEST_CASE("L04: a v2 file has absolute times to the microsecond")
{
    std::string text;
    asciicast_writer writer(asciicast_version::v2);

    writer.begin(header{}, text);
    writer.output(1us, bytes_of("a"), text);
    writer.resize(12s + 34us, {90, 30}, text);

    CHECK(text == "{\"version\":2,\"width\":80,\"height\":24}\n"
                  "[0.000001, \"o\", \"a\"]\n"
                  "[12.000034, \"r\", \"90x30\"]\n");
}

TEST_CASE("L04: a character cut by the end of a chunk is whole in the next event, also across a resize")
{
    std::string text;
    asciicast_writer writer;
    writer.begin(header{}, text);

    writer.output(1s, bytes_of("a\xe2\x82"), text);
    writer.resize(2s, {90, 30}, text);
    writer.input(3s, bytes_of("k"), text);
    writer.output(4s, bytes_of("\xac!"), text);
    writer.finish(text);

    auto const read = read_asciicast(text).value();
    CHECK(read.events == std::vector<event>{{1s, event_kind::output, "a"},
                                            {2s, event_kind::resize, "90x30", {90, 30}},
                                            {3s, event_kind::input, "k"},
                                            {4s, event_kind::output, "\xe2\x82\xac!"}});
    CHECK(writer.replaced_bytes() == 0);
}

TEST_CASE("L04: bytes that are not UTF-8 become U+FFFD and are counted, the last cut one too")
{
    std::string text;
    asciicast_writer writer;
    writer.begin(header{}, text);

    writer.output(1s, bytes_of("a\xff"), text);
    writer.output(2s, bytes_of("b\xc3"), text);
    writer.exit(3s, 1, text);

    auto const read = read_asciicast(text).value();
    CHECK(read.events == std::vector<event>{{1s, event_kind::output, "a\xef\xbf\xbd"},
                                            {2s, event_kind::output, "b"},
                                            {2s, event_kind::output, "\xef\xbf\xbd"},
                                            {3s, event_kind::exit, "1"}});
    CHECK(writer.replaced_bytes() == 2);
}

TEST_CASE("L04: times do not drift over 100,000 events")
{
    constexpr auto step = 333us;  // rounding each interval by itself would lose all of them
    constexpr int count = 100'000;
    std::string text;
    asciicast_writer writer;
    writer.begin(header{}, text);
    for (int n = 1; n <= count; ++n)
        writer.output(n * step, bytes_of("x"), text);

    auto const read = read_asciicast(text).value();

    REQUIRE(read.events.size() == count);
    moment worst{0};
    for (int n = 1; n <= count; ++n)
        worst =
            std::max(worst, std::chrono::abs(read.events[static_cast<std::size_t>(n - 1)].time - n * step));
    CHECK(worst <= 500us);
}

TEST_CASE("L04: a clock that steps back does not make a time that runs backwards")
{
    std::string text;
    asciicast_writer writer;
    writer.begin(header{}, text);

    writer.output(5s, bytes_of("a"), text);
    writer.output(4s, bytes_of("b"), text);

    auto const read = read_asciicast(text).value();
    CHECK(read.events[1].time == 5s);
    CHECK(read.warnings.empty());
}

TEST_CASE("L04: metadata that is not UTF-8 or holds escape sequences stays readable JSON")
{
    header hostile;
    hostile.title = "\x1b]0;x\x07\xff\"\n";
    std::string text;

    asciicast_writer().begin(hostile, text);

    CHECK(std::ranges::count(text, '\n') == 1);
    CHECK(text.find('\x1b') == text.npos);
    CHECK(read_asciicast(text).value().head.title == "\x1b]0;x\x07\xef\xbf\xbd\"\n");
}

TEST_CASE("L04: every byte at every place is escaped as JSON asks, and only then")
{
    for (int value = 0; value < 0x80; ++value)
        for (std::size_t place = 0; place < 20; ++place) {
            std::string text(20, 'x');
            text[place] = static_cast<char>(value);
            text[19 - place] = static_cast<char>(value ^ 2);
            std::string line;
            asciicast_writer(asciicast_version::v2).output(0us, bytes_of(text), line);
            CHECK(line == "[0.000000, \"o\", " +
                              boost::json::serialize(boost::json::string_view(text.data(), text.size())) +
                              "]\n");
        }
}

TEST_CASE("L04: what is no ASCII is looked at wherever it begins, ends or is cut")
{
    for (std::size_t place = 0; place < 20; ++place)
        for (std::string const what : {"\xc3\xa4", "\xf0\x9f\x98\x80", "\xff", "\xe2\x82"}) {
            auto const text = std::string(place, 'x') + what + std::string(20 - place, 'y');
            std::string whole;
            asciicast_writer at_once(asciicast_version::v2);
            at_once.output(0us, bytes_of(text), whole);
            asciicast_writer in_two(asciicast_version::v2);
            std::string cut;
            in_two.output(0us, bytes_of(text.substr(0, place + 1)), cut);
            in_two.output(0us, bytes_of(text.substr(place + 1)), cut);
            CHECK(at_once.replaced_bytes() == in_two.replaced_bytes());
            auto const head = written({a_header(), {}, {}}, asciicast_version::v2);
            auto const one = read_asciicast(head + whole).value().events;
            std::string joined;
            auto const two = read_asciicast(head + cut).value().events;
            for (auto const& each : two)
                joined += each.text;
            REQUIRE(one.size() == 1);
            CHECK(one[0].text == joined);
        }
}

}  // namespace
