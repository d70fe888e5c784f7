#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/error.hpp>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;

constexpr std::string_view hand_written_v2 =
    R"({"version": 2, "width": 80, "height": 24, "timestamp": 1504467315, "title": "Demo", "idle_time_limit": 2.5, "env": {"TERM": "xterm-256color", "SHELL": "/bin/zsh"}, "theme": {"fg": "#d0d0d0", "bg": "#212121", "palette": "#151515:#ac4142:#7e8e50:#e5b567:#6c99bb:#9f4e85:#7dd6cf:#d0d0d0"}}
[0.248848, "o", "\u001b[1;31mHello \u001b[32mWorld!\u001b[0m\n"]
[1.001376, "o", "That was ok\rThis is better."]
[1.500000, "m", "chapter"]
[2.143733, "i", "\u0003"]
[5.0, "r", "100x50"]
[6.541828, "o", "Bye!"]
)";

constexpr std::string_view hand_written_v3 =
    R"cast({"version": 3, "term": {"cols": 80, "rows": 24, "type": "xterm-256color", "version": "xterm(390)"}, "timestamp": 1504467315, "command": "/bin/zsh -l", "tags": ["a", "b"], "env": {"SHELL": "/bin/zsh"}}
# a comment, which is not an event
[0.248, "o", "\u001b[1;31mHello\u001b[0m\n"]

[1.001, "m", ""]
[0.5, "r", "100x50"]
[0.25, "q", "from the future"]
[1, "x", "0"]
)cast";

struct outcome {
    std::vector<event> events;
    std::vector<std::string> warnings;
    std::string failure;
    std::optional<header> head;
};

/// Reads @p text cut into pieces of the sizes that @p cut returns.
template <typename Cut>
outcome read_in_pieces(std::string_view text, Cut cut)
{
    outcome got;
    asciicast_reader reader("demo.cast");
    for (bool is_finished = false;;) {
        auto const next = reader.next();
        if (!next) {
            got.failure = next.error().message();
            break;
        }
        if (*next) {
            got.events.push_back(**next);
        } else if (!text.empty()) {
            auto const size = std::min<std::size_t>(cut(), text.size());
            reader.push(text.substr(0, size));
            text.remove_prefix(size);
        } else if (!is_finished) {
            reader.finish();
            is_finished = true;
        } else {
            break;
        }
    }
    got.warnings = reader.take_warnings();
    got.head = reader.head();
    return got;
}

outcome read_all(std::string_view text)
{
    return read_in_pieces(text, [] { return std::size_t{4096}; });
}

TEST_CASE("L04: a v2 file written by hand from the specification is read")
{
    auto const got = read_all(hand_written_v2);

    CHECK(got.failure == "");
    CHECK(got.warnings.empty());
    REQUIRE(got.head);
    CHECK(got.head->version == 2);
    CHECK(got.head->size == screen_size{80, 24});
    CHECK(got.head->title == "Demo");
    CHECK(got.head->terminal_type == "xterm-256color");
    CHECK(got.head->idle_time_limit == 2500ms);
    CHECK(got.head->began->time_since_epoch() == 1504467315s);
    REQUIRE(got.head->colours);
    CHECK(got.head->colours->palette[1] == colour{0xac, 0x41, 0x42});
    CHECK(got.events ==
          std::vector<event>{{248848us, event_kind::output, "\x1b[1;31mHello \x1b[32mWorld!\x1b[0m\n"},
                             {1001376us, event_kind::output, "That was ok\rThis is better."},
                             {1500ms, event_kind::marker, "chapter"},
                             {2143733us, event_kind::input, "\x03"},
                             {5s, event_kind::resize, "100x50", {100, 50}},
                             {6541828us, event_kind::output, "Bye!"}});
}

TEST_CASE("L04: a v3 file written by hand is read: intervals add up, comments are skipped, the unknown is "
          "passed on")
{
    auto const got = read_all(hand_written_v3);

    CHECK(got.failure == "");
    CHECK(got.warnings.empty());
    REQUIRE(got.head);
    CHECK(got.head->version == 3);
    CHECK(got.head->terminal_version == "xterm(390)");
    CHECK(got.head->command == "/bin/zsh -l");
    CHECK(got.head->tags == std::vector<std::string>{"a", "b"});
    CHECK(got.events == std::vector<event>{{248ms, event_kind::output, "\x1b[1;31mHello\x1b[0m\n"},
                                           {1249ms, event_kind::marker, ""},
                                           {1749ms, event_kind::resize, "100x50", {100, 50}},
                                           {1999ms, event_kind::other, "from the future", {}, "q"},
                                           {2999ms, event_kind::exit, "0"}});
}

TEST_CASE("L04: a v1 document is read, on one line or on many")
{
    std::string_view const document = R"({
  "version": 1, "width": 90, "height": 30, "duration": 1.5, "command": "/bin/zsh", "title": "",
  "env": {"TERM": "xterm", "SHELL": "/bin/zsh"},
  "stdout": [
    [0.25, "hello "],
    [1.0, "world"]
  ]
})";
    std::string one_line(document);
    std::erase(one_line, '\n');

    for (auto const& text : {std::string(document), one_line, one_line + "\n"}) {
        auto const got = read_all(text);
        CHECK(got.failure == "");
        REQUIRE(got.head);
        CHECK(got.head->size == screen_size{90, 30});
        CHECK(got.events == std::vector<event>{{250ms, event_kind::output, "hello "},
                                               {1250ms, event_kind::output, "world"}});
    }
}

TEST_CASE("L04: any chunking of a file gives the same events")
{
    std::mt19937 random(4);
    for (auto const file : {hand_written_v2, hand_written_v3}) {
        auto const whole = read_all(file);
        for (int round = 0; round < 200; ++round) {
            std::uniform_int_distribution<std::size_t> size(1, round < 50 ? 1 : 97);
            auto const got = read_in_pieces(file, [&] { return size(random); });
            REQUIRE(got.failure == "");
            REQUIRE(got.events == whole.events);
            REQUIRE(got.head == whole.head);
        }
    }
}

TEST_CASE("L04: a file cut off anywhere gives all events before the cut and at most a warning")
{
    auto const whole = read_all(hand_written_v2);
    auto const header_end = hand_written_v2.find('\n');

    for (auto cut = header_end; cut < hand_written_v2.size(); ++cut) {
        CAPTURE(cut);
        auto const text = hand_written_v2.substr(0, cut);
        auto const got = read_all(text);
        auto const lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
        CHECK(got.failure == "");
        REQUIRE(got.events.size() >= (lines > 0 ? lines - 1 : 0));
        REQUIRE(got.events.size() <= lines);
        for (std::size_t n = 0; n < got.events.size(); ++n)
            CHECK(got.events[n] == whole.events[n]);
        CHECK(got.warnings.size() <= 1);
    }
}

TEST_CASE("L04: the last line of a crashed recorder is left out with a warning that names it")
{
    auto const got = read_all(
        "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[1.0, \"o\", \"a\"]\n[1.0, \"o\", \"tor");

    CHECK(got.failure == "");
    CHECK(got.events.size() == 1);
    REQUIRE(got.warnings.size() == 1);
    CHECK(got.warnings[0] ==
          "line 3: the end of the line is missing, as after a crash; the line is left out");
}

TEST_CASE("L04: what is no recording is refused with the line and the reason")
{
    std::string const start = "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n";

    CHECK(read_all("").failure == "cannot read demo.cast: it is empty");
    CHECK(read_all("hello\n").failure ==
          "cannot read demo.cast, line 1: it is no recording in a format that is known");
    CHECK(read_all("\x7f"
                   "ELF\x01\n")
              .failure == "cannot read demo.cast, line 1: it is no recording in a format that is known");
    CHECK(read_all("{\"a\":1}\n").failure ==
          "cannot read demo.cast, line 1: it is no recording in a format that is known");
    CHECK(read_all("{\"version\":9}\n").failure ==
          "cannot read demo.cast, line 1: this version of the format is not known");
    CHECK(read_all("{\"version\":2}\n").failure ==
          "cannot read demo.cast, line 1: the header does not say the size of the terminal");
    CHECK(read_all(start + "[1.0, \"o\"\n[2.0, \"o\", \"x\"]\n").failure ==
          "cannot read demo.cast, line 2: it is not JSON");
    CHECK(read_all(start + "[1, \"o\", \"x\"]\n{}\n").failure ==
          "cannot read demo.cast, line 3: it is no event of the form [time, code, text]");
    CHECK(read_all(start + "[\"1\", \"o\", \"x\"]\n").failure ==
          "cannot read demo.cast, line 2: its time is not a number");
    CHECK(read_all(start + "[NaN, \"o\", \"x\"]\n").failure ==
          "cannot read demo.cast, line 2: it is not JSON");
}

TEST_CASE("L04: a failed reader says the same error again and forgets its memory")
{
    asciicast_reader reader("demo.cast");
    reader.push("nonsense\n");

    CHECK(reader.next().error().code == errc::not_a_recording);
    reader.push("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n");
    CHECK(reader.next().error().code == errc::not_a_recording);
}

TEST_CASE("L04: a line without end is an error at the limit, not a full memory")
{
    std::string const piece(1024 * 1024, 'x');
    asciicast_reader reader("demo.cast");
    reader.push("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n[0, \"o\", \"");

    std::size_t pushed = 0;
    auto got = reader.next();
    while (got && pushed <= 2 * asciicast_reader::longest_line_bytes) {
        reader.push(piece);
        pushed += piece.size();
        got = reader.next();
    }

    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == errc::line_too_long);
    CHECK(pushed <= asciicast_reader::longest_line_bytes + piece.size());
}

TEST_CASE("L04: absurd sizes are taken as possible ones, with a warning")
{
    auto const nothing = read_all("{\"version\":2,\"width\":0,\"height\":0}\n[1, \"r\", \"0x0\"]\n");
    auto const huge = read_all("{\"version\":3,\"term\":{\"cols\":99999,\"rows\":1e300}}\n"
                               "[1, \"r\", \"99999999999999999999999x7\"]\n[1, \"r\", \"wide\"]\n");

    CHECK(nothing.head->size == screen_size{80, 24});
    CHECK(nothing.events[0].size == screen_size{1, 1});
    CHECK(nothing.warnings.size() == 3);
    CHECK(huge.head->size == largest_screen);
    CHECK(huge.events[0].size == screen_size{largest_screen.columns, 7});
    CHECK(huge.events[1].kind == event_kind::other);
    CHECK(huge.warnings.size() == 4);
}

TEST_CASE("L04: absurd times are clamped with a warning and never run backwards")
{
    auto const relative = read_all("{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n"
                                   "[2, \"o\", \"a\"]\n[-1, \"o\", \"b\"]\n[1e300, \"o\", \"c\"]\n[-1e300, "
                                   "\"o\", \"d\"]\n[1e999, \"o\", \"e\"]\n");
    auto const absolute = read_all("{\"version\":2,\"width\":80,\"height\":24}\n"
                                   "[2, \"o\", \"a\"]\n[1, \"o\", \"b\"]\n[-1e300, \"o\", \"c\"]\n");

    REQUIRE(relative.failure == "");
    REQUIRE(relative.events.size() == 5);
    CHECK(relative.events[1].time == 2s);
    CHECK(relative.events[2].time == longest_recording);
    CHECK(relative.events[4].time == longest_recording);
    CHECK(relative.warnings.size() == 4);
    CHECK(absolute.events[2].time == 2s);
    CHECK(absolute.warnings.size() == 2);
}

TEST_CASE("L04: a million warnings are a few and a count")
{
    std::string text = "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n";
    for (int n = 0; n < 1000; ++n)
        text += "[-1, \"o\", \"a\"]\n";

    auto const got = read_all(text);

    CHECK(got.events.size() == 1000);
    CHECK(got.warnings.size() == 21);
    CHECK(got.warnings.back() == "and 980 more of such");
}

TEST_CASE("L04: deeply nested JSON and bytes that are not UTF-8 do no harm")
{
    std::string const start = "{\"version\":3,\"term\":{\"cols\":80,\"rows\":24}}\n";

    CHECK(read_all(std::string(100'000, '[') + "\n").failure != "");
    CHECK(read_all(start + std::string(100'000, '[') + "\n").failure != "");
    auto const got = read_all(start + "[1, \"o\", \"a\xff\"]\n");
    CHECK(got.events.at(0).text == "a\xef\xbf\xbd");
    CHECK(got.warnings.size() == 1);
}

}  // namespace
