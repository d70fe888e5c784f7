#include <tendril/session/session.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <csignal>
#include <string>
#include <vector>

#include <boost/asio/error.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::testing::driven_session;

/// An emulator of somebody else's: it knows nothing but how much it was given.
class counting_emulator final : public term::emulator {
public:
    explicit counting_emulator(std::vector<std::string>& notes) : notes_(&notes) {}
    void write(base::byte_view bytes) override
    {
        count_ += bytes.size();
        notes_->push_back("emulator");
    }
    void resize(term::grid_size) override { notes_->push_back("resized"); }
    [[nodiscard]] std::vector<std::string> dump() const override
    {
        return {std::to_string(count_) + " bytes"};
    }
    [[nodiscard]] std::string take_replies() override { return {}; }

private:
    std::vector<std::string>* notes_;
    std::size_t count_ = 0;
};

/// A log that notes what it is told.
class noting_log final : public session::log {
public:
    explicit noting_log(std::vector<std::string>& notes) : notes_(&notes) {}
    void output(session::moment, base::byte_view) override { notes_->push_back("log"); }
    void resized(session::moment, pty::window_size) override { notes_->push_back("log resized"); }
    void ended(session::moment, process::exit_status how) override
    {
        notes_->push_back("log ended " + std::to_string(how.shell_code()));
    }

private:
    std::vector<std::string>* notes_;
};

TEST_CASE("M02: every byte that a program wrote before it exited at once is read")
{
    for (int round = 0; round < 20; ++round) {
        driven_session driven("seq 1 20000");
        REQUIRE(driven.run_to_end());

        CHECK(driven.output.size() == 108'894 + 20'000);  // the digits and newlines of seq, and a CR each
        CHECK(driven.output.ends_with("\r\n20000\r\n"));
        CHECK(driven.status->success());
        CHECK(*driven.end == asio::error::eof);
    }
}

TEST_CASE("M02: a background child that keeps the terminal open does not delay the end")
{
    driven_session driven("sleep 1000 & echo done");

    REQUIRE(driven.run_to_end());

    CHECK(driven.output == "done\r\n");
}

TEST_CASE("T02: a session takes any emulator")
{
    std::vector<std::string> notes;
    driven_session driven("printf 12345", std::make_unique<counting_emulator>(notes));

    REQUIRE(driven.run_to_end());

    CHECK(driven.program.emulator().dump() == std::vector<std::string>{"5 bytes"});
}

TEST_CASE("M05: output goes to stream patterns, the emulator, screen patterns and the log, in this order")
{
    std::vector<std::string> notes;
    driven_session driven("printf 12345", std::make_unique<counting_emulator>(notes));
    driven.program.expect({*expect::pattern::exact("12345")}, [&](auto const&) { notes.push_back("stream"); },
                          {.from = expect::source::stream, .as = expect::standing::sticky});
    driven.program.expect({*expect::pattern::exact("5 bytes")},
                          [&](auto const&) { notes.push_back("screen"); }, {.as = expect::standing::sticky});
    driven.program.log_to(std::make_shared<noting_log>(notes));

    REQUIRE(driven.run_to_end());

    CHECK(notes == std::vector<std::string>{"stream", "emulator", "screen", "log", "log ended 0"});
}

TEST_CASE("X05: a screen pattern sees what is rendered, a stream pattern the escape sequences")
{
    driven_session driven(R"(printf '\033[31mred\033[0m and\033[4Dplain\n\033]0;my title\007')");
    std::string on_screen;
    std::string in_stream;
    driven.program.expect({*expect::pattern::regex("redplain")}, [&](auto const& m) { on_screen = m.text; });
    driven.program.expect({*expect::pattern::regex("\\x1b\\]0;(.*?)\\x07")},
                          [&](auto const& m) { in_stream = m.groups.at(0); },
                          {.from = expect::source::stream});

    REQUIRE(driven.run_to_end());

    CHECK(on_screen == "redplain");
    CHECK(in_stream == "my title");
}

TEST_CASE("X01: text that is on the screen when it is asked for counts")
{
    driven_session driven("echo ready; read line");
    REQUIRE(driven.run_until([&] { return driven.output == "ready\r\n"; }));
    bool seen = false;

    driven.program.expect({*expect::pattern::exact("ready")}, [&](auto const&) { seen = true; });

    CHECK(driven.run_until([&] { return seen; }));
}

TEST_CASE("M07: a new size reaches the kernel, the program, the emulator and the log")
{
    std::vector<std::string> notes;
    driven_session driven("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 1 & wait; done",
                          std::make_unique<counting_emulator>(notes));
    driven.program.log_to(std::make_shared<noting_log>(notes));
    REQUIRE(driven.run_until([&] { return driven.output == "ready\r\n"; }));
    notes.clear();

    REQUIRE(driven.program.resize({.columns = 91, .rows = 37}));
    CHECK(notes == std::vector<std::string>{"resized", "log resized"});
    REQUIRE(driven.run_to_end());

    CHECK(driven.output.ends_with("37 91\r\n"));
}

TEST_CASE("M04: what is written is typed to the program")
{
    driven_session driven("read line; echo \"got $line\"");

    REQUIRE_FALSE(driven.program.write(base::bytes_of("hello\r")));
    REQUIRE(driven.run_to_end());

    CHECK(driven.output.ends_with("got hello\r\n"));
}

TEST_CASE("T07: a program that asks for the cursor position is answered by the emulator")
{
    driven_session driven(R"(stty raw -echo; printf 'abc\033[6n'; dd bs=1 count=6 2>/dev/null | od -An -c)");

    REQUIRE(driven.run_to_end());

    CHECK(driven.output.find("033   [   1   ;   4   R") != std::string::npos);
}

TEST_CASE("M09: a session that goes takes its program with it")
{
    pid_t pid = -1;
    {
        driven_session driven("trap '' HUP TERM; echo ready; while :; do sleep 1; done");
        REQUIRE(driven.run_until([&] { return driven.output == "ready\r\n"; }));
        pid = driven.program.pid();
    }
    CHECK(::kill(pid, 0) == -1);
}

}  // namespace
