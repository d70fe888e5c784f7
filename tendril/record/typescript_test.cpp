#include <tendril/record/typescript_reader.hpp>
#include <tendril/record/typescript_writer.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;

std::string const first_line = "Script started on 2026-11-21 13:00:11+01:00 [COMMAND=\"sh -c \"exit 3\"\" "
                               "TERM=\"xterm\" TTY=\"/dev/pts/1\" COLUMNS=\"90\" LINES=\"30\"]\n";
std::string const last_line = "\nScript done on 2026-11-21 13:00:13+00:00 [COMMAND_EXIT_CODE=\"3\"]\n";

tendril::result<recording> read(std::string_view log, std::optional<std::string> timing,
                                std::optional<std::string> input = std::nullopt)
{
    typescript_reader reader({std::move(timing), std::move(input)}, "demo");
    return read_all(reader, log);
}

TEST_CASE("L05: the first and last line of script are read as what they say")
{
    auto const got = read(first_line + "ab" + last_line, "0.5 1\n0.25 1\n").value();

    CHECK(got.warnings.empty());
    CHECK(got.head.command == "sh -c \"exit 3\"");
    CHECK(got.head.terminal_type == "xterm");
    CHECK(got.head.size == screen_size{90, 30});
    CHECK(got.head.began->time_since_epoch() == 1795262411s);
    CHECK(got.events == std::vector<event>{{500ms, event_kind::output, "a"},
                                           {750ms, event_kind::output, "b"},
                                           {750ms, event_kind::exit, "3"}});
}

TEST_CASE("L05: several streams: input in its own log, sizes, signals, duration and status")
{
    std::string const timing = "H 0.000000 START_TIME 2026-11-21 13:00:11+00:00\nH 0.000000 COLUMNS 80\n"
                               "H 0.000000 LINES 24\nI 0.5 1\nO 0.25 2\nS 0.25 SIGWINCH ROWS=40 COLS=120\n"
                               "S 1.0 SIGTERM\nH 0.000000 DURATION 2.500000\nH 0.000000 EXIT_CODE 0\n";

    auto const got = read(first_line + "ab" + last_line, timing, first_line + "x").value();

    CHECK(got.warnings.empty());
    CHECK(got.events == std::vector<event>{{500ms, event_kind::input, "x"},
                                           {750ms, event_kind::output, "ab"},
                                           {1s, event_kind::resize, "120x40", {120, 40}},
                                           {2s, event_kind::other, "SIGTERM", {}, "signal"},
                                           {2500ms, event_kind::exit, "0"}});
    CHECK(got.head.duration == 2500ms);
}

TEST_CASE("L05: where timing and typescript do not agree, what there is of both is read with a warning")
{
    auto const short_log = read(first_line + "ab", "0.5 1\n0.25 9\n0.25 3\n").value();
    auto const short_timing = read(first_line + "abcd" + last_line, "0.5 1\n0.2").value();
    auto const no_timing = read(first_line + "abcd" + last_line, std::nullopt).value();
    auto const no_input = read(first_line + "b", "I 0.5 1\nO 0.5 1\n").value();

    CHECK(short_log.events ==
          std::vector<event>{{500ms, event_kind::output, "a"}, {750ms, event_kind::output, "b"}});
    CHECK(short_log.warnings.size() == 2);
    CHECK(short_timing.events == std::vector<event>{{500ms, event_kind::output, "a"},
                                                    {500ms, event_kind::output, "bcd"},
                                                    {500ms, event_kind::exit, "3"}});
    CHECK(short_timing.warnings.size() == 2);
    CHECK(no_timing.events ==
          std::vector<event>{{0s, event_kind::output, "abcd"}, {0s, event_kind::exit, "3"}});
    CHECK(no_timing.warnings.size() == 1);
    CHECK(no_input.events == std::vector<event>{{1s, event_kind::output, "b"}});
    CHECK(no_input.warnings.size() == 1);
}

TEST_CASE("L05: a timing of hostile numbers costs no memory and no time")
{
    auto const got =
        read(first_line + "ab",
             "1e300 1\n-5 1\nnan 1\n0.1 99999999999999999999\n0.1 18446744073709551615\nX 0.1 z\n")
            .value();

    CHECK(got.events.size() == 3);
    CHECK(got.events[0].time == longest_recording);
    CHECK(got.warnings.size() >= 4);
}

}  // namespace
