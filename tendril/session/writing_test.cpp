#include <tendril/session/testing/driven_session.hpp>

#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::testing::hosted_session;

TEST_CASE("M04: lines are typed with Enter, one or many")
{
    hosted_session hosted("stty -echo; echo ready; read a; read b; read c; echo \"$a $b $c\"");
    REQUIRE(hosted.run_until_shown("ready"));

    REQUIRE_FALSE(hosted.program->write_line("one"));
    std::vector<std::string> const rest{"two", "three"};
    REQUIRE_FALSE(hosted.program->write_lines(rest));
    REQUIRE(hosted.run_to_exit());

    CHECK(hosted.output.ends_with("one two three\r\n"));
}

TEST_CASE("M04: threads type side by side, each line in one piece and in its thread's order")
{
    constexpr int threads = 4;
    constexpr int lines = 500;
    hosted_session hosted("stty -echo; echo ready; head -n " + std::to_string(threads * lines) +
                          " | sort -s -k1,1");
    REQUIRE(hosted.run_until_shown("ready"));
    hosted.output.clear();

    std::vector<std::thread> typists;
    for (int which = 0; which < threads; ++which)
        typists.emplace_back([which, to = hosted.program->make_writer()] {
            for (int line = 0; line < lines; ++line)
                while (to.write_line("thread" + std::to_string(which) + ' ' + std::to_string(line)))
                    std::this_thread::yield();
        });
    bool const ended = hosted.run_to_exit();
    for (auto& each : typists)
        each.join();

    REQUIRE(ended);
    std::string expected;
    for (int which = 0; which < threads; ++which)
        for (int line = 0; line < lines; ++line)
            expected += "thread" + std::to_string(which) + ' ' + std::to_string(line) + "\r\n";
    CHECK(hosted.output == expected);
}

TEST_CASE("M04: a program that does not read fills the queue; what does not fit is refused whole")
{
    hosted_session hosted("stty raw -echo; echo ready; while [ ! -e /proc/$$/nowhere ]; do sleep 1000; done");
    REQUIRE(hosted.run_until_shown("ready"));
    std::string const piece(64 * 1024, 'x');

    auto const to = hosted.program->make_writer();
    std::size_t accepted = 0;
    error_code why;
    while (!why) {
        why = to.write(base::bytes_of(piece));
        accepted += why ? 0 : piece.size();
        hosted.loop.restart();
        hosted.loop.poll();
    }
    CHECK(why == boost::system::errc::no_buffer_space);
    // The kernel's share, the session's queue and the mailbox.
    CHECK(accepted >= 2 * session::writer::limit_bytes - piece.size());
    CHECK(accepted <= 2 * session::writer::limit_bytes + 2 * piece.size());
    CHECK(hosted.program->write(base::bytes_of(piece)) == boost::system::errc::no_buffer_space);

    hosted.program.reset();
    CHECK(to.write_line("") == boost::system::errc::not_connected);
}

TEST_CASE("M04: a program that has ended, or was hung up, cannot be typed to")
{
    for (bool const hung_up : {false, true}) {
        CAPTURE(hung_up);
        hosted_session hosted("echo ready; read line");
        auto const to = hosted.program->make_writer();
        REQUIRE(hosted.run_until_shown("ready"));
        if (hung_up)
            hosted.program->hang_up();
        else
            REQUIRE_FALSE(to.write_line("the last one"));
        REQUIRE(hosted.run_to_exit());

        CHECK(to.write_line("too late") == boost::system::errc::not_connected);
        CHECK(hosted.program->write_line("too late") == boost::system::errc::not_connected);
    }
}

TEST_CASE("M07: sizes beyond the limits are cut, nonsense becomes 80x24, and pixels follow the cells")
{
    using session::clamped;
    session::size_limits const usual;
    CHECK(clamped({.columns = 600, .rows = 300}, usual) == pty::window_size{.columns = 500, .rows = 200});
    CHECK(clamped({.columns = 1, .rows = 0}, usual) == pty::window_size{.columns = 80, .rows = 24});
    CHECK(clamped({.columns = 2, .rows = 2}, usual) == pty::window_size{.columns = 2, .rows = 2});
    CHECK(clamped({.columns = 100, .rows = 50, .width = 3, .height = 3}, usual, {.width = 9, .height = 18}) ==
          pty::window_size{.columns = 100, .rows = 50, .width = 900, .height = 900});

    auto how = session::testing::shell(
        "stty size; trap 'stty size' WINCH; echo ready; head -c 1 | od -An -c; sleep 0");
    how.launch.terminal.size = {.columns = 60000, .rows = 60000};
    how.limits = {.rows = 30, .columns = 100};
    how.cell = {.width = 10, .height = 20};
    hosted_session hosted(std::move(how));
    auto& program = *hosted.program;
    REQUIRE(hosted.run_until_shown("30 100\r\nready"));
    auto by_key = *program.attributes();
    by_key.c_lflag &= ~tcflag_t{ICANON};
    REQUIRE(program.set_attributes(by_key));

    REQUIRE(program.resize({.columns = 90, .rows = 0}, session::redraw::asked));
    CHECK(dynamic_cast<term::terminal&>(program.emulator()).size() == term::grid_size{90, 24});
    REQUIRE(hosted.run_to_exit());
    CHECK(hosted.output.find("24 90\r\n") != std::string::npos);
    CHECK(hosted.output.find("\\f") != std::string::npos);
}

}  // namespace
