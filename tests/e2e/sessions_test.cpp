#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/term/terminal.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::testing::scratch_folder;

/// A folder of sessions for this test alone; what a test forgets to end is ended.
struct own_sessions {
    own_sessions() { ::setenv("XDG_RUNTIME_DIR", scratch.path.c_str(), 1); }
    ~own_sessions()
    {
        auto const names = run({"ls", "-q"}, {}).out;
        for (std::size_t at = 0; at < names.size(); at = names.find('\n', at) + 1)
            CHECK(run({"kill", names.substr(at, names.find('\n', at) - at)}, {}).status == 0);
        ::unsetenv("XDG_RUNTIME_DIR");
    }
    own_sessions(own_sessions const&) = delete;
    own_sessions& operator=(own_sessions const&) = delete;

    scratch_folder scratch;
};

bool is_raw(on_terminal const& person)
{
    return (person.settings().c_lflag & (ICANON | ECHO | ISIG)) == 0;
}

std::string const echo_lines = "stty -echo; echo ready; while read line; do echo \"got $line\"; done; exit 6";

TEST_CASE("M12: a person detaches from a new session, finds it in the list, and comes back to its screen")
{
    own_sessions const sessions;
    {
        on_terminal person({"new", "-s", "work", "--", "sh", "-c", echo_lines}, 80, 24);
        person.read_until("ready");
        CHECK(is_raw(person));
        person.type("before\r");
        person.read_until("got before");

        person.type("\x1c");
        person.read_until("[detached from work]");
        person.read_to_end();
        CHECK(person.status() == 0);
        CHECK(!is_raw(person));
    }
    auto const listed = run({"ls"}, {});
    CHECK(listed.out.starts_with("work  "));
    CHECK(listed.out.find("80x24") != std::string::npos);
    CHECK(listed.out.find("0 attached") != std::string::npos);

    on_terminal again({"attach", "work"}, 80, 24);
    again.read_until("got before");
    again.type("after\r");
    again.read_until("got after");
    again.type("\x04");
    again.read_until("[work exited with code 6]");
    again.read_to_end();
    CHECK(again.status() == 6);
    CHECK(!is_raw(again));
    CHECK(run({"ls"}, {}).out.empty());
}

TEST_CASE("M12: kill -9 of the attached tendril, and a terminal that is closed, lose nothing")
{
    own_sessions const sessions;
    {
        on_terminal person({"new", "-s", "work", "--", "sh", "-c", echo_lines}, 80, 24);
        person.read_until("ready");
        person.kill(SIGKILL);
        person.read_to_end();
    }
    {
        on_terminal second({"attach", "work"}, 80, 24);
        second.read_until("ready");
        second.kill(SIGHUP);
        second.read_to_end();
        CHECK(!is_raw(second));
    }
    on_terminal third({"attach", "work"}, 80, 24);
    third.read_until("ready");
    third.type("still here\r");
    third.read_until("got still here");
    third.type("\x1c");
    third.read_to_end();
}

TEST_CASE("M12: two terminals show one session, and a new size of one reaches the program")
{
    own_sessions const sessions;
    on_terminal one(
        {"new", "-s", "work", "sh", "-c", "stty -echo; echo ready; while read l; do stty size; done"}, 80,
        24);
    one.read_until("ready");
    on_terminal other({"attach", "work"}, 80, 24);
    other.read_until("ready");

    other.resize(100, 30);
    std::string seen;
    do {  // until the program has been told
        other.type("\r");
        seen += other.read_until("\n");
    } while (seen.find("30 100") == std::string::npos);
    one.read_until("30 100");
    CHECK(run({"ls"}, {}).out.find("100x30  2 attached") != std::string::npos);

    CHECK(run({"kill", "work"}, {}).status == 0);
    one.read_until("[work killed by signal 1 (Hangup)]");
    one.read_to_end();
    other.read_to_end();
    CHECK(one.status() == 128 + SIGHUP);
    CHECK(other.status() == 128 + SIGHUP);
}

/// What the person sees.
struct watched_terminal {
    watched_terminal(std::vector<std::string> const& arguments, unsigned short columns, unsigned short rows)
        : screen({columns, rows}), program(arguments, columns, rows)
    {
    }

    /// Reads until the screen's lines, without the empty ones at its end, are @p wanted.
    void read_until_it_shows(std::vector<std::string> const& wanted)
    {
        for (;;) {
            auto lines = screen.dump();
            while (!lines.empty() && lines.back().empty())
                lines.pop_back();
            if (lines == wanted)
                return;
            screen.feed(tendril::base::bytes_of(program.read_more()));
        }
    }

    void resize(unsigned short columns, unsigned short rows)
    {
        screen.resize({columns, rows});
        program.resize(columns, rows);
    }

    tendril::term::terminal screen;
    on_terminal program;
};

/// Lines of sixty characters, @p first to @p last, of which @p columns are seen.
std::vector<std::string> rows(int first, int last, std::size_t columns)
{
    std::vector<std::string> all;
    for (int row = first; row <= last; ++row)
        all.push_back((std::to_string(row + 100) + std::string(57, 'x')).substr(0, columns));
    return all;
}

TEST_CASE("M12: a terminal that is smaller than the session shows the part around the cursor, without a key")
{
    own_sessions const sessions;
    auto const draw =
        R"(stty -echo; echo ready; while read l; do printf "\033[H\033[J"; for i in $(seq 101 $l); do echo ${i})" +
        std::string(57, 'x') + "; done; done";
    watched_terminal large({"new", "-s", "work", "sh", "-c", draw}, 80, 24);
    large.read_until_it_shows({"ready"});
    watched_terminal small({"attach", "work"}, 40, 10);
    small.read_until_it_shows({"ready"});

    large.program.type("120\r");
    large.read_until_it_shows(rows(1, 20, 80));
    small.read_until_it_shows(rows(12, 20, 40));
    large.program.type("103\r");
    large.read_until_it_shows(rows(1, 3, 80));
    small.read_until_it_shows(rows(1, 3, 40));

    small.resize(70, 24);  // without a key: it is the last that has said what it wants
    small.read_until_it_shows(rows(1, 3, 70));
    large.read_until_it_shows(rows(1, 3, 70));
    small.resize(70, 12);
    small.resize(70, 24);
    small.program.type("105\r");
    small.read_until_it_shows(rows(1, 5, 70));
    large.read_until_it_shows(rows(1, 5, 70));
}

TEST_CASE("M12: a program that dies in the alternate screen leaves neither that nor raw mode behind")
{
    own_sessions const sessions;
    on_terminal person(
        {"new", "--", "sh", "-c", R"(printf '\033[?1049h\033[?25l\033[?1000hfull'; read line; kill -9 $$)"},
        80, 24);
    auto shown = person.read_until("full");
    CHECK(shown.find("\x1b[?1049h") != std::string::npos);
    person.type("\r");

    shown = person.read_to_end();
    CHECK(person.status() == 128 + SIGKILL);
    CHECK(shown.find("\x1b[?1049l") != std::string::npos);
    CHECK(shown.find("\x1b[?25h") != std::string::npos);
    CHECK(shown.find("\x1b[?1000l") != std::string::npos);
    CHECK(!is_raw(person));
}

TEST_CASE("M12: sessions start, are signalled and end without a terminal; the end is kept until it is read")
{
    own_sessions const sessions;
    auto const started =
        run({"new", "-d", "--", "sh", "-c", "trap 'exit 9' USR1; while :; do sleep 0.01; done"}, {});
    CHECK(started.status == 0);
    CHECK(started.out == "0\n");
    CHECK(run({"new", "-d", "-s", "short", "sh", "-c", "exit 4"}, {}).out == "short\n");
    CHECK(run({"ls", "-q"}, {}).out == "0\nshort\n");

    CHECK(run({"kill", "-s", "USR1", "0"}, {}).status == 0);
    std::string listed;
    do
        listed = run({"ls"}, {}).out;
    while (listed.find("exited with code 9") == std::string::npos ||
           listed.find("exited with code 4") == std::string::npos);

    on_terminal person({"attach", "short"}, 80, 24);
    person.read_until("[short exited with code 4]");
    person.read_to_end();
    CHECK(person.status() == 4);
    CHECK(run({"kill", "0"}, {}).status == 0);
    CHECK(run({"ls", "-q"}, {}).out.empty());
}

TEST_CASE("M12: keys that the program does not read are dropped beyond a megabyte, and the person is told")
{
    own_sessions const sessions;
    on_terminal person({"new", "-s", "deaf", "sh", "-c", "stty raw -echo; echo ready; exec sleep 1000"}, 80,
                       24);
    person.read_until("ready");

    person.type(std::string(6 * 1024 * 1024, 'x'));

    person.read_until("\a");
    person.type("\x1c");
    person.read_until("[deaf did not read what was typed: ");
    person.read_until(" bytes are lost]\r\n[detached from deaf]");
    person.read_to_end();
    CHECK(person.status() == 0);
}

TEST_CASE("M12: ls says why it cannot tell of a session")
{
    own_sessions const sessions;
    REQUIRE(run({"ls"}, {}).status == 0);
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const path = sessions.scratch / "tendril/crowd";
    REQUIRE(path.copy(address.sun_path, sizeof address.sun_path - 1) == path.size());
    tendril::base::unique_fd const listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    auto const* const generic = reinterpret_cast<::sockaddr const*>(&address);
    REQUIRE(::bind(listener.get(), generic, sizeof address) == 0);
    REQUIRE(::listen(listener.get(), 0) == 0);
    tendril::base::unique_fd const first(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    REQUIRE(::connect(first.get(), generic, sizeof address) == 0);

    auto const listed = run({"ls"}, {});

    CHECK(listed.status == 1);
    CHECK(listed.err.starts_with("tendril ls: the session 'crowd': cannot connect to "));
    std::filesystem::remove(path);
}

TEST_CASE("M12: what goes wrong is one line and a status")
{
    own_sessions const sessions;
    auto const check = [](std::vector<std::string> const& arguments, int status, std::string const& message) {
        auto const ended = run(arguments, {});
        CAPTURE(message);
        CHECK(ended.status == status);
        CHECK(ended.err == "tendril " + arguments.front() + ": " + message + "\n");
    };
    check({"kill", "nothing"}, 3, "there is no session 'nothing' (see tendril ls)");
    check({"attach", "nothing"}, 2, "standard input and output must be a terminal");
    check({"new", "sh"}, 2, "standard input and output must be a terminal; -d starts without one");
    check({"new", "-d", "-s", "../x", "sh"}, 2,
          "'../x' is no name of a session: letters, digits, '_', '-' and '.', at most 64");
    CHECK(run({"new", "-d", "--size", "big", "sh"}, {}).status == 2);
    CHECK(run({"new", "-d", "tendril-no-such-program"}, {}).status == 127);
    CHECK(run({"new", "-d", "/"}, {}).status == 126);
    CHECK(run({"new", "--nothing"}, {}).status == 2);
    CHECK(run({"kill", "-s", "NOTHING", "x"}, {}).status == 2);

    REQUIRE(run({"new", "-d", "-s", "work", "cat"}, {}).status == 0);
    check({"new", "-d", "-s", "work", "cat"}, 1, "there is a session 'work' already (tendril attach work)");
}

TEST_CASE("M12: a folder that others may enter is refused")
{
    own_sessions const sessions;
    REQUIRE(shell("mkdir '" + (sessions.scratch / "tendril") + "' && chmod 755 '" +
                  (sessions.scratch / "tendril") + "'")
                .status == 0);

    auto const refused = run({"new", "-d", "cat"}, {});
    CHECK(refused.status == 1);
    CHECK(refused.err.find("must be ours and closed to others") != std::string::npos);
    CHECK(run({"ls"}, {}).status == 1);
}

}  // namespace
