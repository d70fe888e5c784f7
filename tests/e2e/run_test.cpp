#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/base/unique_fd.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>

#include <doctest/doctest.h>
#include <tests/e2e/driven_program.hpp>

namespace {

using namespace tendril::e2e;
using tendril::base::testing::scratch_folder;
namespace fs = std::filesystem;

std::string content_of(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream all;
    all << file.rdbuf();
    return all.str();
}

void write(std::string const& path, std::string const& text)
{
    std::ofstream(path, std::ios::binary) << text;
}

bool is_one_line(std::string const& text)
{
    return text.find('\n') == text.size() - 1;
}

/// Whether a process whose command line holds @p mark is running.
bool is_running(std::string const& mark)
{
    for (auto const& entry : fs::directory_iterator("/proc"))
        if (content_of(entry.path().string() + "/cmdline").find(mark) != std::string::npos)
            return true;
    return false;
}

TEST_CASE("P03: the exit status is the program's own")
{
    CHECK(run({"run", "--", "true"}).status == 0);
    CHECK(run({"run", "--", "sh", "-c", "exit 7"}).status == 7);
    CHECK(run({"run", "--", "sh", "-c", "kill -TERM $$"}).status == 128 + SIGTERM);
}

TEST_CASE("P01: the program has a terminal even where tendril has none")
{
    auto const ran =
        run({"run", "--size", "91x37", "--", "sh", "-c", "test -t 0 && test -t 1 && test -t 2 && stty size"});

    CHECK(ran.status == 0);
    CHECK(ran.out == "37 91\n");
}

TEST_CASE("P04: piped input reaches the program, and its end ends the program's input")
{
    CHECK(run({"run", "--", "cat"}, "one\ntwo\n").out == "one\ntwo\n");
    CHECK(run({"run", "--", "cat"}, "no newline").out == "no newline");
    CHECK(run({"run", "--", "sh", "-c", "read a; echo \"$a\"; echo after the end"}, "x\n").out ==
          "x\nafter the end\n");
}

TEST_CASE("P04: a line longer than the kernel's line editor takes arrives whole")
{
    std::string const line(100'000, 'x');

    CHECK(run({"run", "--", "cat"}, line + "\n").out == line + "\n");
}

TEST_CASE("P07: nothing that the program wrote before it exited is lost, and newlines are its own")
{
    for (int round = 0; round < 20; ++round) {
        auto const ran = run({"run", "--", "seq", "1", "20000"});
        CHECK(ran.out.size() == 108'894);
        CHECK(ran.out.ends_with("\n20000\n"));
    }
}

TEST_CASE("P07: a reader that goes away ends the program as it would without us")
{
    scratch_folder const folder;
    on_terminal pipeline("/bin/bash", {"-c", tendril_path() + " run -- yes | head -1; echo ${PIPESTATUS[0]}"},
                         80, 24);

    CHECK(pipeline.read_to_end() == "y\r\n141\r\n");
}

TEST_CASE("P07: also a program that has fallen silent while what it wrote is on its way")
{
    scratch_folder const folder;
    auto const told = folder / "told";
    auto const program = "head -c 100000 /dev/zero; echo > " + told + "; exec sleep 1000";
    on_terminal pipeline("/bin/bash",
                         {"-c", "mkfifo " + told + "; " + tendril_path() + " run -- sh -c '" + program +
                                    "' | read -u 9 9<" + told + "; echo ${PIPESTATUS[0]}"},
                         80, 24);

    CHECK(pipeline.read_to_end() == "141\r\n");
}

TEST_CASE("L04: a recording holds what was shown and can be read as asciicast v3 or v2")
{
    scratch_folder const folder;
    for (std::string const version : {"v3", "v2"}) {
        CAPTURE(version);
        auto const path = folder / version + ".cast";
        auto const ran = run({"run", "--record", path, "--record-format", "asciicast-" + version, "--size",
                              "60x20", "--", "sh", "-c", "echo hello; exit 3"});
        auto const recording = content_of(path);

        CHECK(ran.status == 3);
        CHECK(recording.find("\"version\":" + version.substr(1)) != std::string::npos);
        CHECK(recording.find("\"hello\\r\\n\"") != std::string::npos);
        CHECK(recording.find("\"x\", \"3\"]") != std::string::npos);
        CHECK((fs::status(path).permissions() & fs::perms::group_read) == fs::perms::none);
    }
}

TEST_CASE("L09: keys and secrets are not recorded")
{
    scratch_folder const folder;
    write(folder / "secret", "s3cret\n");
    auto const ran =
        run({"run", "--record", folder / "out.cast", "--answer", "Password:=@" + folder / "secret", "--",
             "sh", "-c", "printf 'Password: '; stty -echo; read a; echo; read b; echo ${#a} ${#b}"},
            "typed\n");

    CHECK(ran.status == 0);
    CHECK(ran.out.find("6 5\n") != std::string::npos);
    auto const recording = content_of(folder / "out.cast");
    CHECK(recording.find("s3cret") == std::string::npos);
    CHECK(recording.find("typed") == std::string::npos);
}

TEST_CASE("L09: no file that was written holds a secret typed without echo, whatever the format")
{
    for (auto const* format : {"asciicast-v3", "asciicast-v2", "golog", "ttyrec"}) {
        CAPTURE(format);
        scratch_folder const given;
        scratch_folder const written;
        write(given / "secret", "s3cret\n");
        auto const line = "cd " + written.path + " && HOME=$PWD TMPDIR=$PWD XDG_CACHE_HOME=$PWD '" +
                          tendril_path() + "' run --record out --record-format " + format +
                          " --answer 'Password:=@" + (given / "secret") +
                          "' -- sh -c \"printf 'Password: '; stty -echo; read a; echo; echo \\${#a} >made\" "
                          "</dev/null >/dev/null";
        CHECK(shell(line).status == 0);
        CHECK(content_of(written / "made") == "6\n");
        int files = 0;
        for (auto const& each : fs::recursive_directory_iterator(written.path)) {
            if (!each.is_regular_file())
                continue;
            ++files;
            CHECK(each.file_size() > 0);
            auto const look = "gzip -dcf <'" + each.path().string() + "' | grep -q s3cret";
            CHECK(shell(look).status == 1);
        }
        CHECK(files == 2);  // the recording and what the program made itself
    }
}

TEST_CASE(
    "L09: what is to be redacted does not get into the recording, nor does the command's own part of it")
{
    scratch_folder const folder;
    write(folder / "values", "tok-12345\n\nother\n");
    auto const ran = run({"run", "--record", folder / "out.cast", "--redact", "pin=[0-9]+", "--redact",
                          "@" + folder / "values", "--", "sh", "-c",
                          "printf 'a tok-1'; sleep 0.01; printf '2345 b pin=77 c\\n'"});

    CHECK(ran.status == 0);
    CHECK(ran.out.find("a tok-12345 b pin=77 c") != std::string::npos);  // whoever runs it sees everything
    auto const recording = content_of(folder / "out.cast");
    CHECK(recording.find("12345") == std::string::npos);
    CHECK(recording.find("pin=77") == std::string::npos);
    CHECK(recording.find("b [redacted] c") != std::string::npos);
}

/// A log daemon's socket.
struct log_socket {
    explicit log_socket(std::string const& path) : socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        ::sockaddr_un address{};
        address.sun_family = AF_UNIX;
        REQUIRE(path.copy(address.sun_path, sizeof address.sun_path - 1) == path.size());
        REQUIRE(::bind(socket.get(), reinterpret_cast<::sockaddr const*>(&address), sizeof address) == 0);
    }

    std::vector<std::string> messages()
    {
        std::vector<std::string> all;
        std::array<char, 4096> one;
        for (ssize_t size = 0; (size = ::recv(socket.get(), one.data(), one.size(), MSG_DONTWAIT)) >= 0;)
            all.emplace_back(one.data(), static_cast<std::size_t>(size));
        return all;
    }

    tendril::base::unique_fd socket;
};

TEST_CASE("L06: lines go to a log daemon, the last one too, without what is to be redacted")
{
    scratch_folder const folder;
    log_socket daemon(folder / "log");
    auto const ran = run({"run", "--syslog", "local:" + folder / "log", "--facility", "local3", "--redact",
                          "pin=[0-9]+", "--", "sh", "-c", "echo one pin=77; printf 'two'; exit 5"});

    CHECK(ran.status == 5);
    CHECK(ran.err.empty());
    auto const messages = daemon.messages();
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].starts_with("<158>"));  // local3, info
    CHECK(messages[0].ends_with(" run: one [redacted]"));
    CHECK(messages[1].ends_with(" run: two"));
}

TEST_CASE("L06: a daemon that is not there changes nothing for the program, and is told of afterwards")
{
    auto const ran =
        run({"run", "--syslog", "local:/nowhere/at/all", "--", "sh", "-c", "echo shown; exit 5"});

    CHECK(ran.status == 5);
    CHECK(ran.out == "shown\n");
    CHECK(ran.err.find("the system's log is incomplete") != std::string::npos);
    CHECK(ran.err.find("No such file or directory") != std::string::npos);
    CHECK(run({"run", "--syslog", "ftp://host", "--", "true"}).status == 2);
    CHECK(run({"run", "--syslog", "local", "--facility", "kitchen", "--", "true"}).status == 2);
}

TEST_CASE("L09: a redaction that cannot be used, or without a recording, is one line and status 2")
{
    CHECK(run({"run", "--redact", "x", "--", "true"}).status == 2);
    CHECK(run({"run", "--record", "/dev/null", "--redact", "a(", "--", "true"}).status == 2);
    auto const missing = run({"run", "--record", "/dev/null", "--redact", "@/nowhere/at/all", "--", "true"});
    CHECK(missing.status == 2);
    CHECK(missing.err == "tendril run: cannot open /nowhere/at/all: No such file or directory\n");
}

TEST_CASE("X12: piped input waits for the questions, which would take it for their answers")
{
    scratch_folder const folder;
    write(folder / "secret", "s3cret\n");
    // bash flushes what was typed before, as ssh and sudo do.
    auto const ran =
        run({"run", "--answer", "Password:=@" + folder / "secret", "--", "bash", "-c",
             "python3 -c 'import termios; termios.tcflush(0, termios.TCIFLUSH)'; read -s -p 'Password: ' a; "
             "echo; echo ${#a} $(cat | wc -c)"},
            "some data\n");

    CHECK(ran.status == 0);
    CHECK(ran.out.find("6 10\n") != std::string::npos);
}

TEST_CASE("X12: ssh-keygen changes a passphrase, answered from files, whatever the order of the rules")
{
    scratch_folder const folder;
    auto const key = folder / "key";
    REQUIRE(shell("ssh-keygen -q -t ed25519 -N 'the old one' -f " + key).status == 0);
    write(folder / "old", "the old one\n");
    write(folder / "new", "the new one\n");

    auto const ran = run({"run", "--record", folder / "out.cast", "--expect-timeout", "20", "--answer",
                          "Enter (new|same) passphrase.*:=@" + folder / "new", "--answer",
                          "Enter old passphrase:=@" + folder / "old", "--", "ssh-keygen", "-p", "-f", key});

    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(shell("ssh-keygen -y -P 'the new one' -f " + key).status == 0);
    auto const recording = content_of(folder / "out.cast");
    CHECK(recording.find("Enter same passphrase again:") != std::string::npos);
    CHECK(recording.find("the new one") == std::string::npos);
    CHECK(recording.find("the old one") == std::string::npos);
}

TEST_CASE("X12: a wrong password ends the run with the reason, when nobody is there to type")
{
    scratch_folder const folder;
    write(folder / "wrong", "wrong\n");

    auto const ran = run({"run", "--answer", "Password:=@" + folder / "wrong", "--", "sh", "-c",
                          "stty -echo; while :; do printf 'Password: '; read a; echo; echo denied; done"});

    CHECK(ran.status == 1);
    CHECK(ran.err == "tendril run: the program asks 'Password:' once more: it does not accept the answer\n");
}

TEST_CASE("X06: a question that does not come in time ends the program, status 124")
{
    auto const ran =
        run({"run", "--expect-timeout", "0.2", "--answer", "never=x", "--", "sleep", "1000.125"});

    CHECK(ran.status == 124);
    CHECK(ran.err == "tendril run: waited in vain for 'never' to appear on the screen\n");
    CHECK_FALSE(is_running("1000.125"));
}

TEST_CASE("X07: a program that ends before any question came is an error, one question less is not")
{
    auto const unasked = run({"run", "--answer", "never=x", "--", "true"});
    CHECK(unasked.status == 1);
    CHECK(unasked.err.find("before 'never' appeared") != std::string::npos);
    CHECK(is_one_line(unasked.err));

    auto const one_less = run({"run", "--answer", "host key=yes", "--answer", "name:=eve", "--", "sh", "-c",
                               "printf name:; read a; echo \"hello $a\""});
    CHECK(one_less.status == 0);
    CHECK(one_less.err.empty());

    CHECK(run({"run", "--answer-if", "host key=yes", "--", "true"}).status == 0);
    CHECK(run({"run", "--answer", "never=x", "--", "sh", "-c", "exit 5"}).status == 5);
}

TEST_CASE("X01: an answer is text with escapes, and may hold an equals sign")
{
    auto const ran = run(
        {"run", "--answer", R"(a=b\?=c\=\@d)", "--", "sh", "-c", "printf 'a=b? '; read x; echo \"got $x\""});

    CHECK(ran.status == 0);
    CHECK(ran.out.find("got c=@d\n") != std::string::npos);
}

TEST_CASE("P03: what cannot be run says why in one line, with a shell's status, and leaves no recording")
{
    scratch_folder const folder;
    struct expectation {
        std::string program;
        int status;
        std::string why;
    };
    write(folder / "plain", "no program");
    for (auto const& [program, status, why] :
         std::vector<expectation>{{"no-such-program", 127, "No such file or directory"},
                                  {folder.path, 126, "Is a directory"},
                                  {folder / "plain", 126, "Permission denied"}}) {
        CAPTURE(program);
        auto const ran = run({"run", "--record", folder / "out.cast", "--", program});

        CHECK(ran.status == status);
        CHECK(ran.err.find(why) != std::string::npos);
        CHECK(is_one_line(ran.err));
        CHECK_FALSE(fs::exists(folder / "out.cast"));
    }
}

TEST_CASE("L04: a recording that cannot be written is told before the program runs; an old one survives a "
          "typing error")
{
    scratch_folder const folder;
    auto const refused = run({"run", "--record", folder / "none/out.cast", "--", "touch", folder / "ran"});
    CHECK(refused.status == 2);
    CHECK(is_one_line(refused.err));
    CHECK_FALSE(fs::exists(folder / "ran"));

    write(folder / "old.cast", "precious");
    CHECK(run({"run", "--record", folder / "old.cast", "--", "no-such-program"}).status == 127);
    CHECK(content_of(folder / "old.cast") == "precious");
}

TEST_CASE("P03: a wrong command line is one line that says what is wrong, status 2")
{
    for (std::vector<std::string> const& words : std::vector<std::vector<std::string>>{
             {"run"},
             {"run", "--bogus", "--", "true"},
             {"run", "--size", "0x0", "--", "true"},
             {"run", "--size", "99999x99999", "--", "true"},
             {"run", "--size", "80", "--", "true"},
             {"run", "--answer", "(x=1", "--", "true"},
             {"run", "--answer", "no equals sign", "--", "true"},
             {"run", "--answer", "x=@", "--", "true"},
             {"run", "--expect-timeout", "soon", "--answer", "x=1", "--", "true"},
             {"run", "--expect-timeout", "-1", "--answer", "x=1", "--", "true"},
             {"run", "--record-format", "gif", "--record", "x", "--", "true"},
             {"walk"}}) {
        CAPTURE(words.back());
        auto const ran = run(words);
        CHECK(ran.status == 2);
        CHECK(ran.err.starts_with("tendril "));
        CHECK(is_one_line(ran.err));
        CHECK(ran.out.empty());
    }
}

TEST_CASE("R20: kill -9 of tendril takes the program along")
{
    on_terminal person({"run", "--", "sh", "-c", "echo ready; exec sleep 1000.25"}, 80, 24);
    person.read_until("ready\r\n");
    REQUIRE(is_running("1000.25"));

    person.kill(SIGKILL);
    person.read_to_end();

    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (is_running("1000.25") && std::chrono::steady_clock::now() < deadline) {
    }
    CHECK_FALSE(is_running("1000.25"));
}

}  // namespace
