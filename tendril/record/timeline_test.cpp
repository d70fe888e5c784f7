#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/timeline.hpp>

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;

event output(moment when, std::string text)
{
    return {when, event_kind::output, std::move(text)};
}

event resize(moment when, screen_size size)
{
    return {when, event_kind::resize, to_string(size), size};
}

timeline of(std::vector<event> events, screen_size size = {20, 4})
{
    header head;
    head.size = size;
    return timeline({head, std::move(events), {}});
}

std::string top_line(tendril::term::terminal const& screen)
{
    return screen.dump().front();
}

TEST_CASE("L07: the screen at a time shows what had happened until then, and that moment itself")
{
    auto const line = of({output(1s, "one"), output(2s, "\rtwo"), resize(3s, {30, 5})});

    CHECK(top_line(line.screen_at(0s)) == "");
    CHECK(top_line(line.screen_at(1999ms)) == "one");
    CHECK(top_line(line.screen_at(2s)) == "two");
    CHECK(line.screen_at(2s).size() == tendril::term::grid_size{20, 4});
    CHECK(line.screen_at(99s).size() == tendril::term::grid_size{30, 5});
    CHECK(line.length() == 3s);
}

TEST_CASE("L08: what a full-screen program does to its screen while it leaves is not what people saw")
{
    auto const line = of({output(1s, "\x1b[?1049hmenu\r\nrow\r\nrow\r\nstatus"), output(3s, "\r\n"),
                          output(3001ms, "\x1b[?1049l")});

    CHECK(top_line(line.telling_screen()) == "menu");
}

TEST_CASE("L07: input and markers change nothing on the screen")
{
    auto const line = of({{1s, event_kind::input, "secret"}, {2s, event_kind::marker, "here"}});

    CHECK(top_line(line.screen_at(9s)) == "");
}

TEST_CASE("L08: the picture of a shell session is its end")
{
    auto const line = of({output(1s, "$ vi\r\n"), output(2s, "\x1b[?1049h\x1b[Htext"),
                          output(3s, "\x1b[?1049l$ "), output(4s, "echo hi\r\nhi\r\n")});

    CHECK(line.telling_screen().dump()[1] == "$ echo hi");
}

TEST_CASE("L08: the picture of a full-screen program is its last screen, not the empty one behind it")
{
    auto const in_pieces =
        of({output(1s, "\x1b[?1049h\x1b[2J"), output(2s, "\x1b[Htext"), output(3s, "\x1b[?1049l")});
    auto const at_once = of({output(1s, "\x1b[?1049h\x1b[2J\x1b[Htext\x1b[?1049l\x1b[?25h")});
    auto const cleared = of({output(1s, "\x1b[?1049h\x1b[Htext"), output(2s, "\x1b[H\x1b[J\x1b[?1049l")});
    auto const started_from_a_shell_line =
        of({output(1s, "$ vi\r\n"), output(2s, "\x1b[?1049h\x1b[Htext"), output(3s, "\x1b[?1049l")});

    for (auto const* line : {&in_pieces, &at_once, &cleared, &started_from_a_shell_line}) {
        auto const picture = line->telling_screen();
        CHECK(top_line(picture) == "text");
        CHECK(picture.shown() == tendril::term::screen_kind::alternate);
    }
}

TEST_CASE("L08: the picture of a program that clears the screen at its end is what it cleared")
{
    CHECK(top_line(of({output(1s, "text\x1b[2J\x1b[H")}).telling_screen()) == "text");
    CHECK(top_line(of({output(1s, "text"), output(2s, "\x1b"
                                                      "c")})
                       .telling_screen()) == "text");
}

TEST_CASE("L08: a recording of nothing has a blank picture and one frame")
{
    auto const empty = of({});

    CHECK(top_line(empty.telling_screen()) == "");
    CHECK(empty.frames().frames.size() == 1);
    CHECK(empty.length() == 0s);
}

TEST_CASE("L08: a film has a frame for each change, none for what changes nothing, and no long pauses")
{
    auto const film =
        of({output(0s, "a"), output(1s, "b"), output(2s, "\x1b[m"), output(100s, "c")}).frames();

    REQUIRE(film.frames.size() == 3);
    CHECK(top_line(film.frames[0].screen) == "a");
    CHECK(top_line(film.frames[1].screen) == "ab");
    CHECK(film.frames[1].begins == 1s);
    CHECK(top_line(film.frames[2].screen) == "abc");
    CHECK(film.frames[2].begins == 4s);
    CHECK(film.length == 4s);
}

TEST_CASE("L08: a film of a full-screen program ends with its last screen")
{
    auto const film = of({output(0s, "\x1b[?1049h\x1b[Hone"), output(1s, "\rtwo"), output(2s, "\x1b[?1049l"),
                          output(3s, "\r\n")})
                          .frames();

    REQUIRE(film.frames.size() == 2);
    CHECK(top_line(film.frames.back().screen) == "two");
}

TEST_CASE("L08: what changes faster than is seen is one frame, and the last state is always shown")
{
    std::vector<event> events;
    for (int n = 0; n < 1000; ++n)
        events.push_back(output(n * 1ms, std::to_string(n) + "\r"));

    auto const film = of(std::move(events)).frames();

    CHECK(film.frames.size() == 20);
    CHECK(top_line(film.frames.back().screen) == "999");
}

TEST_CASE("L08: however long the recording, a film has no more frames than asked for")
{
    std::vector<event> events;
    for (int n = 0; n < 5000; ++n)
        events.push_back(output(n * 1s, std::to_string(n) + "\r"));

    auto const film = of(std::move(events)).frames({.most = 50});

    CHECK(film.frames.size() <= 50);
    CHECK(film.frames.size() > 40);
    CHECK(top_line(film.frames.back().screen) == "4999");
}

TEST_CASE("L08: a film of enormous screens has few frames, so that it fits into the memory")
{
    std::vector<event> events;
    for (int n = 0; n < 200; ++n)
        events.push_back(output(n * 1s, std::to_string(n) + "\r"));

    CHECK(of(events, largest_screen).frames().frames.size() <= 17);
}

TEST_CASE("L04: a recording with absurd sizes is played within possible ones")
{
    auto const hostile = read_asciicast("{\"version\":3,\"term\":{\"cols\":99999,\"rows\":99999}}\n"
                                        "[0.1, \"o\", \"a\"]\n[0.1, \"r\", \"0x0\"]\n[0.1, \"o\", \"b\"]\n"
                                        "[0.1, \"r\", \"99999x99999\"]\n[0.1, \"o\", \"c\"]\n");
    auto const line = timeline(hostile.value());

    CHECK(line.screen_at(150ms).size() == tendril::term::grid_size{1000, 1000});
    CHECK(line.screen_at(300ms).size() == tendril::term::grid_size{1, 1});
    CHECK(line.telling_screen().size() == tendril::term::grid_size{1000, 1000});
}

}  // namespace
