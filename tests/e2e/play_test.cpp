#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
namespace fs = std::filesystem;

std::string const head = R"({"version":3,"term":{"cols":80,"rows":24}})"
                         "\n";
std::string const tail_never_comes = R"([3600.0, "o", "never"])"
                                     "\n";

/// A recording in a file, gone with the test.
struct cast_file {
    std::string path = (fs::temp_directory_path() / "tendril-play-XXXXXX").string();
    explicit cast_file(std::string const& content)
    {
        auto const fd = ::mkstemp(path.data());
        REQUIRE(fd >= 0);
        ::close(fd);
        REQUIRE(tendril::base::replace_file(path, content).has_value());
    }
    ~cast_file() { fs::remove(path); }
    cast_file(cast_file const&) = delete;
    cast_file& operator=(cast_file const&) = delete;
};

bool same(termios const& one, termios const& other)
{
    return one.c_iflag == other.c_iflag && one.c_oflag == other.c_oflag && one.c_lflag == other.c_lflag &&
           one.c_cflag == other.c_cflag;
}

TEST_CASE("L07: without a terminal the output comes at once, as it was")
{
    auto const played =
        run({"play", "-"}, head + "[0.0, \"o\", \"a\\u001b[6n\"]\n[0.0, \"i\", \"secret\"]\n" +
                               "[3600.0, \"o\", \"b\\r\\n\"]\n");

    CHECK(played.status == 0);
    CHECK(played.out == "a\x1b[6nb\r\n");
    CHECK(played.err == "");
}

TEST_CASE("L07: a wrong command line or a file that is no recording is one line and a status")
{
    auto const missing = run({"play", "/nonexistent.cast"});
    auto const folder = run({"play", "/"});
    auto const garbage = run({"play", "-"}, "hello\n");
    auto const later = run({"play", "-"}, "{\"version\":4}\n");
    auto const option = run({"play", "--zip"});
    auto const speed = run({"play", "-", "-s", "-1"});

    CHECK(missing.status == 2);
    CHECK(missing.err == "tendril play: cannot open /nonexistent.cast: No such file or directory\n");
    CHECK(folder.status == 2);
    CHECK(folder.err == "tendril play: cannot read /: Is a directory\n");
    CHECK(garbage.status == 2);
    CHECK(garbage.err ==
          "tendril play: cannot read standard input: it is no recording in a format that is known\n");
    CHECK(later.status == 2);
    CHECK(later.err.find("line 1: this version of the format is not known") != std::string::npos);
    CHECK(option.status == 2);
    CHECK(speed.status == 2);
    CHECK(speed.err == "tendril play: the speed must be a number greater than 0\n");
}

TEST_CASE("L07: the recording of a crash is played up to the crash, with a warning")
{
    auto const played = run({"play", "-"}, head + "[0.0, \"o\", \"all of it\"]\n[1.0, \"o\", \"to");

    CHECK(played.status == 0);
    CHECK(played.out == "all of it");
    CHECK(played.err.find("line 3") != std::string::npos);
}

TEST_CASE("L07: escape sequences in what a file is called do not reach the terminal")
{
    auto const played = run({"play", "/\x1b[31m"});

    CHECK(played.err.find('\x1b') == std::string::npos);
}

TEST_CASE("L07: on a terminal the output appears, made safe, and the settings are restored")
{
    cast_file const cast(head + "[0.01, \"o\", \"one\\u001b[6n\\n\"]\n[0.01, \"o\", \"two\\r\\n\"]\n");
    on_terminal tendril({"play", cast.path}, 80, 24);

    auto const output = tendril.read_to_end();

    CHECK(output.starts_with("one\ntwo\r\n"));  // neither answered nor translated
    CHECK(tendril.status() == 0);
    CHECK(same(tendril.settings(), tendril.settings_found()));
}

TEST_CASE("L07: quitting in the middle of a full-screen program leaves the terminal fit for a shell")
{
    cast_file const cast(head + "[0.0, \"o\", \"\\u001b[?1049h\\u001b[?25l\\u001b[31mready\"]\n" +
                         tail_never_comes);
    on_terminal tendril({"play", cast.path}, 80, 24);
    tendril.read_until("ready");

    tendril.type("q");
    auto const rest = tendril.read_to_end();

    CHECK(rest.find("\x1b[?1049l") != std::string::npos);
    CHECK(rest.find("\x1b[?25h") != std::string::npos);
}

TEST_CASE("L07: a recording that leaves nothing behind adds nothing to the output")
{
    cast_file const cast(head + "[0.0, \"o\", \"one\\r\\n\"]\n");
    on_terminal tendril({"play", cast.path}, 80, 24);

    CHECK(tendril.read_to_end() == "one\r\n");
}

TEST_CASE("L07: q quits, Ctrl-C quits as an interrupt does, and the settings are restored")
{
    cast_file const cast(head + "[0.0, \"o\", \"ready\"]\n" + tail_never_comes);
    for (auto const& [key, status] : {std::pair{"q", 0}, std::pair{"\x03", 130}}) {
        on_terminal tendril({"play", cast.path}, 80, 24);
        tendril.read_until("ready");
        CHECK_FALSE(same(tendril.settings(), tendril.settings_found()));

        tendril.type(key);
        auto const rest = tendril.read_to_end();

        CHECK(rest.find("never") == std::string::npos);
        CHECK(tendril.status() == status);
        CHECK(same(tendril.settings(), tendril.settings_found()));
    }
}

TEST_CASE("L07: a signal restores the settings too")
{
    cast_file const cast(head + "[0.0, \"o\", \"ready\"]\n" + tail_never_comes);
    on_terminal tendril({"play", cast.path}, 80, 24);
    tendril.read_until("ready");

    tendril.kill(SIGTERM);
    tendril.read_to_end();

    CHECK(tendril.status() == 128 + SIGTERM);
    CHECK(same(tendril.settings(), tendril.settings_found()));
}

TEST_CASE("L07: while paused, a step shows the next output without waiting for it")
{
    cast_file const cast(head +
                         "[0.0, \"o\", \"ready\"]\n[3600.0, \"m\", \"mark\"]\n[3600.0, \"o\", \"second\"]\n" +
                         tail_never_comes);
    on_terminal tendril({"play", cast.path}, 80, 24);
    tendril.read_until("ready");

    tendril.type(" .");
    tendril.read_until("second");
    tendril.type("q");

    CHECK(tendril.read_to_end().find("never") == std::string::npos);
    CHECK(tendril.status() == 0);
}

/// Times are gaps, as asciicast v3 has them.
std::string const travelled =
    head + "[0.0, \"o\", \"one\\r\\n\"]\n[30.0, \"o\", \"two\\r\\n\"]\n[30.5, \"m\", \"mark\"]\n" +
    "[3600.0, \"o\", \"three needle\\r\\n\"]\n" + tail_never_comes;

TEST_CASE("L07: keys go forward and back in a recording, and the screen is that of the moment")
{
    cast_file const cast(travelled);
    on_terminal tendril({"play", cast.path}, 80, 24);
    tendril.read_until("one");

    tendril.type(" \x1b[A");  // a minute on
    auto const later = tendril.read_until("two");
    CHECK(later.find("one") != std::string::npos);  // painted whole
    tendril.type("\x1b[D\x1bOD");
    CHECK(tendril.read_until("one").find("needle") == std::string::npos);
    tendril.type("g");
    tendril.read_until("one");
    tendril.type("q");

    auto const rest = tendril.read_to_end();
    CHECK(rest.find("two") == std::string::npos);
    CHECK(rest.find("never") == std::string::npos);
    CHECK(tendril.status() == 0);
}

TEST_CASE("L07: text is looked for forwards, and what is not there rings and stays where it was")
{
    cast_file const cast(travelled);
    on_terminal tendril({"play", cast.path}, 80, 24);
    tendril.read_until("one");

    tendril.type("/need");
    tendril.read_until("/need");
    tendril.type("le\x7f"
                 "e\r");
    tendril.read_until("three needle");
    tendril.type("n");
    tendril.read_until("\a");
    tendril.read_until("three needle");
    tendril.type("/\x1b");
    tendril.read_until("three needle");
    tendril.type("q");

    CHECK(tendril.read_to_end().find("never") == std::string::npos);
    CHECK(tendril.status() == 0);
}

TEST_CASE("L07: m goes to the next marker")
{
    cast_file const cast(travelled);
    on_terminal tendril({"play", cast.path}, 80, 24);
    tendril.read_until("one");

    tendril.type("m");
    CHECK(tendril.read_until("two").find("three") == std::string::npos);
    tendril.type("q");
    CHECK(tendril.read_to_end().find("three") == std::string::npos);
}

TEST_CASE("L07: a pipe cannot be gone back in, which rings")
{
    cast_file const fifo("");
    fs::remove(fifo.path);
    REQUIRE(::mkfifo(fifo.path.c_str(), 0600) == 0);
    tendril::base::unique_fd const writer(::open(fifo.path.c_str(), O_RDWR | O_CLOEXEC));
    REQUIRE(writer);
    auto const beginning = head + "[1.0, \"o\", \"one\"]\n";
    REQUIRE(::write(writer.get(), beginning.data(), beginning.size()) ==
            static_cast<ssize_t>(beginning.size()));
    on_terminal tendril({"play", fifo.path, "-i", "0.01"}, 80, 24);
    tendril.read_until("one");

    tendril.type("g");
    tendril.read_until("\a");
    tendril.type("q");
    tendril.read_to_end();
    CHECK(tendril.status() == 0);
}

TEST_CASE("L07: the idle limit shortens an hour")
{
    cast_file const cast(head + "[0.0, \"o\", \"ready\"]\n" + tail_never_comes);
    on_terminal tendril({"play", cast.path, "-i", "0.01"}, 80, 24);

    CHECK(tendril.read_to_end().find("never") != std::string::npos);
}

TEST_CASE("L07: a terminal smaller than the recording is said in one line")
{
    cast_file const cast(head + "[0.0, \"o\", \"ready\"]\n");
    on_terminal tendril({"play", cast.path}, 79, 24);

    CHECK(tendril.read_to_end().starts_with(
        "tendril play: the recording is 80x24 and this terminal only 79x24; it may look wrong\r\n"));
}

}  // namespace
