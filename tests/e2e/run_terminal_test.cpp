#include <tendril/base/testing/scratch_folder.hpp>

#include <csignal>
#include <string>

#include <termios.h>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::testing::scratch_folder;

bool same(termios const& a, termios const& b)
{
    return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_lflag == b.c_lflag &&
           a.c_cflag == b.c_cflag;
}

on_terminal shell()
{
    return {"/bin/bash", {"--norc", "--noprofile", "--noediting", "-i"}, 80, 24};
}

TEST_CASE("P05: the person's terminal is raw while the program runs, and as it was afterwards")
{
    on_terminal person({"run", "--", "sh", "-c", "echo ready; read line; echo got $line"}, 80, 24);
    person.read_until("ready\r\n");
    CHECK((person.settings().c_lflag & (ICANON | ECHO | ISIG)) == 0);

    person.type("hello\r");
    person.read_until("got hello\r\n");
    person.read_to_end();

    CHECK(person.status() == 0);
    CHECK((person.settings().c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
}

TEST_CASE("P05: a program that dies in the alternate screen leaves neither that nor a hidden cursor behind")
{
    on_terminal person({"run", "--", "sh", "-c", R"(printf '\033[?1049h\033[?25l\033[?1000h'; kill -9 $$)"},
                       80, 24);

    auto const shown = person.read_to_end();

    CHECK(person.status() == 128 + SIGKILL);
    CHECK(shown.find("\x1b[?1049l") != std::string::npos);
    CHECK(shown.find("\x1b[?25h") != std::string::npos);
    CHECK(shown.find("\x1b[?1000l") != std::string::npos);
    CHECK((person.settings().c_lflag & ICANON) != 0);
}

TEST_CASE("P05: INT, TERM and HUP reach the program, its end is ours, and the terminal is given back")
{
    for (int const signal : {SIGINT, SIGTERM, SIGHUP}) {
        CAPTURE(signal);
        on_terminal person({"run", "--", "sh", "-c", "echo ready; while :; do sleep 1; done"}, 80, 24);
        person.read_until("ready\r\n");

        person.kill(signal);
        person.read_to_end();

        CHECK(person.status() == 128 + signal);
        CHECK((person.settings().c_lflag & ICANON) != 0);
    }
}

TEST_CASE("P06: the program starts with the terminal's size and follows its changes")
{
    on_terminal person(
        {"run", "--", "sh", "-c",
         "trap 'stty size; exit' WINCH; stty size; echo ready; while :; do sleep 1 & wait; done"},
        101, 31);
    CHECK(person.read_until("ready\r\n").find("31 101\r\n") != std::string::npos);

    person.resize(97, 29);

    CHECK(person.read_to_end().find("29 97\r\n") != std::string::npos);
}

TEST_CASE("P02: keys reach the program: Ctrl-C interrupts it, Ctrl-D ends its input")
{
    on_terminal interrupted({"run", "--", "sh", "-c", "echo ready; exec sleep 1000"}, 80, 24);
    interrupted.read_until("ready\r\n");
    interrupted.type("\x03");
    interrupted.read_to_end();
    CHECK(interrupted.status() == 128 + SIGINT);

    on_terminal ended({"run", "--", "cat"}, 80, 24);
    ended.type("hello\r");
    ended.read_until("hello\r\nhello\r\n");
    ended.type("\x04");
    ended.read_to_end();
    CHECK(ended.status() == 0);
}

TEST_CASE("P05: Ctrl-Z stops the program and tendril with it, the shell goes on, fg brings both back")
{
    auto person = shell();
    person.type("set +o history; PS1='prompt> '; echo; trap 'echo' 0\r");
    person.read_until("prompt> ");
    auto const before = person.settings();

    person.type(tendril_path() + " run -- sh -c 'echo ready; read a; echo \"got $a\"'\r");
    person.read_until("ready\r\n");
    person.type("\x1a");
    person.read_until("Stopped");
    person.read_until("prompt> ");
    CHECK(same(person.settings(), before));

    person.type("fg\r");
    person.read_until("tendril");
    person.type("hello\r");
    person.read_until("got hello\r\n");
    person.read_until("prompt> ");
    CHECK(same(person.settings(), before));
}

TEST_CASE("P05: a full-screen program draws itself again after Ctrl-Z and fg")
{
    scratch_folder const folder;
    auto person = shell();
    person.type("PS1='prompt> '\r");
    person.read_until("prompt> ");
    person.type(tendril_path() + " run -- vim -u NONE -N -i NONE -n " + folder / "notes.txt" + "\r");
    person.read_until("[New]");
    person.type("iwords in vim\x1b");
    person.read_until("vim");

    person.type("\x1a");
    person.read_until("prompt> ");
    person.type("fg\r");
    person.read_until("words in vim");
    person.type(":wq\r");
    person.read_until("prompt> ");

    person.type("cat " + folder / "notes.txt" + "\r");
    person.read_until("words in vim\r\n");
}

TEST_CASE("K17: a secret that is no file is asked for once, without echo")
{
    scratch_folder const folder;
    on_terminal person(
        {"run", "--record", folder / "out.cast", "--answer", "Password:=@the password", "--", "sh", "-c",
         "printf 'Password: '; stty -echo; read a; stty echo; echo; echo \"${#a} characters\""},
        80, 24);
    person.read_until("the password: ");
    person.type("s3cret\r");

    auto const shown = person.read_to_end();

    CHECK(person.status() == 0);
    CHECK(shown.find("6 characters") != std::string::npos);
    CHECK(shown.find("s3cret") == std::string::npos);
}

}  // namespace
