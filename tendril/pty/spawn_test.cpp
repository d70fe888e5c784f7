#include <tendril/process/testing/test_child.hpp>
#include <tendril/pty/audit.hpp>
#include <tendril/pty/spawn.hpp>
#include <tendril/pty/testing/terminal_fixture.hpp>

#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using process::testing::make_pipe;
using process::testing::read_all;
using process::testing::test_child;
using pty::testing::terminal_fixture;
namespace fs = std::filesystem;

std::string const child_path = TENDRIL_TEST_CHILD;

using words = std::vector<std::string>;

/// The test child that spawns the test child with these words, as `pty::spawn` in a user's terminal.
process::command spawning(words what)
{
    auto made = test_child({"spawn", child_path});
    made.arguments.insert(made.arguments.end(), what.begin(), what.end());
    return made;
}

struct captured {
    std::expected<process::exit_status, process::spawn_error> status;
    std::string output;
};

/// Spawns @p argv with @p input as our whole input; the output is read by a thread, as a pipe's reader would.
captured spawn_with_pipes(words const& argv, std::string const& input, pty::chunk_filter master_read = {},
                          pty::chunk_filter stdin_read = {})
{
    auto in = make_pipe();
    auto out = make_pipe();
    std::string output;
    std::thread feeder([&] {
        CHECK(base::write_all(in.writer.get(), base::bytes_of(input), "the input").has_value());
        in.writer.reset();
    });
    std::thread reader([&] { output = read_all(out.reader.get()); });
    auto status = pty::spawn(argv, std::move(master_read), std::move(stdin_read),
                             {.input = in.reader.get(), .output = out.writer.get()});
    out.writer.reset();
    feeder.join();
    reader.join();
    return {std::move(status), std::move(output)};
}

std::string pattern(std::size_t size)
{
    std::string text;
    for (unsigned line = 0; text.size() < size; ++line)
        text += std::to_string(line % 100000) + ' ';
    text.resize(size);
    return text;
}

TEST_CASE("P03: the exit code and the killing signal of the program are returned")
{
    CHECK(*spawn_with_pipes({child_path, "exit", "3"}, "").status == process::exit_status::exited(3));
    auto const killed = spawn_with_pipes({child_path, "die", "9"}, "").status;
    CHECK(killed->signed_code() == -9);
}

TEST_CASE("P03: a program that does not exist is an error, not a child that exits 1")
{
    auto const missing = spawn_with_pipes({"/no/such/program"}, "");

    REQUIRE_FALSE(missing.status.has_value());
    CHECK(process::shell_code(missing.status.error()) == 127);
    CHECK(missing.output == "");
    CHECK_FALSE(pty::spawn({}).has_value());
}

TEST_CASE("P03: both callbacks see every chunk and what they return goes on")
{
    std::string seen_input;
    auto const got = spawn_with_pipes(
        {child_path, "copy"}, "abc\n",
        [](base::byte_view chunk) {
            std::string text(base::text_of(chunk));
            for (auto& each : text)
                each = each == 'Z' ? '!' : each;
            return text;
        },
        [&](base::byte_view chunk) {
            seen_input += base::text_of(chunk);
            return std::string("xyZ\n");
        });

    CHECK(got.status->success());
    CHECK(seen_input == "abc\n");
    CHECK(got.output == "xy!\r\nxy!\r\n");  // the echo, then the copy
}

TEST_CASE("P03: nothing returned for output means its end, and the program still runs to its own")
{
    int calls = 0;
    auto const got =
        spawn_with_pipes({child_path, "write-bytes", "300000"}, "", [&](base::byte_view) -> std::string {
            ++calls;
            return {};
        });

    CHECK(got.status->success());
    CHECK(calls == 1);
    CHECK(got.output == "");
}

TEST_CASE("P03: nothing returned for input means its end for the program")
{
    int calls = 0;
    auto const got =
        spawn_with_pipes({child_path, "count"}, "ignored\n", {}, [&](base::byte_view) -> std::string {
            ++calls;
            return {};
        });

    CHECK(got.status->success());
    CHECK(calls == 1);
    CHECK(got.output.ends_with("counted 0\r\n"));
}

TEST_CASE("P04: when our input ends the program reads an end of file and its output goes on")
{
    auto const got = spawn_with_pipes({"/bin/sh", "-c", "cat; echo afterwards"}, "one\n");

    CHECK(got.status->success());
    CHECK(got.output.ends_with("one\r\nafterwards\r\n"));
}

TEST_CASE("P04: an input that ends in the middle of a line is read whole")
{
    auto const got = spawn_with_pipes({child_path, "count"}, "no newline");

    CHECK(got.status->success());
    CHECK(got.output.ends_with("counted 10\r\n"));
}

TEST_CASE("P03: a long line in canonical mode arrives whole, and neither direction blocks the other")
{
    auto const got = spawn_with_pipes({child_path, "copy"}, std::string(300'000, 'x') + "\n");

    CHECK(got.status->success());
    // The terminal's echo is the kernel's and may be cut when its buffer is full; the copy may not.
    CHECK(got.output.size() >= 300'000);
}

TEST_CASE("P07: every byte of a program that writes 200 KiB and exits at once arrives, 200 times")
{
    auto const expected = pattern(200 * 1024);
    int complete = 0;
    for (int round = 0; round < 200; ++round) {
        auto const got = spawn_with_pipes({child_path, "write-bytes", "204800"}, "");
        complete += got.status->success() && got.output.ends_with(expected);
    }
    CHECK(complete == 200);
}

TEST_CASE("P07: a background process that keeps the terminal does not keep us")
{
    auto const mark = fs::temp_directory_path() / ("tendril-background-" + std::to_string(::getpid()));
    auto const got = spawn_with_pipes(
        {"/bin/sh", "-c",
         "trap '' HUP; setsid sh -c 'sleep 20; : >" + mark.string() + "' & echo $!; echo done"},
        "");

    CHECK(got.status->success());
    CHECK(got.output.find("done\r\n") != std::string::npos);
    CHECK_FALSE(fs::remove(mark));  // it is made before the background process lets the terminal go
    auto const background = std::stoi(got.output.substr(got.output.find_first_of("0123456789")));
    ::kill(-background, SIGKILL);
    ::kill(background, SIGKILL);  // which may not lead its group yet
}

TEST_CASE("P04: a closed standard input reads as an end of file, and a closed output is an error")
{
    terminal_fixture user(test_child({"spawn-without", "0", child_path, "count"}));
    user.await("counted 0");
    CHECK(user.wait().success());

    terminal_fixture mute(test_child({"spawn-without", "1", child_path, "count"}));
    CHECK(mute.wait() == process::exit_status::exited(126));
}

TEST_CASE("P05: the program's terminal starts with the attributes of the user's")
{
    auto attributes = pty::without_echo(*pty::attributes_of(pty::open()->slave.get()));
    attributes.c_cc[VINTR] = 0x07;
    terminal_fixture user(test_child({"spawn", "/bin/stty", "-a"}), {.attributes = attributes});

    user.await("intr = ^G;");
    user.await(" -echo ");
    CHECK(user.wait().success());
}

TEST_CASE("P05: the user's terminal is raw meanwhile and as it was found afterwards")
{
    terminal_fixture user(spawning({"raw"}));

    user.await("raw\r\n");
    CHECK((user.attributes().c_lflag & (ICANON | ECHO | ISIG)) == 0);
    user.type("\x03\x1a");
    user.await("<3><26>");
    user.type("q");
    user.await("[exited with code 0]");
    CHECK(user.wait().success());
    CHECK(user.is_as_found());
}

TEST_CASE("P05: an exception from a callback gives the terminal back and leaves no process")
{
    terminal_fixture user(test_child({"spawn-throw", child_path, "linger"}));

    user.await("caught enough");
    CHECK(user.wait().success());
    CHECK(user.is_as_found());
}

TEST_CASE("P05: the terminal is given back when a signal ends the caller")
{
    for (int const number : {SIGINT, SIGTERM, SIGHUP}) {
        CAPTURE(number);
        terminal_fixture user(spawning({"raw"}));
        user.await("raw\r\n");

        ::kill(user.program.pid, number);

        CHECK(user.wait() == process::exit_status::killed(number));
        CHECK(user.is_as_found());
    }
}

TEST_CASE("P06: the program starts with the user's size and follows its changes")
{
    terminal_fixture user(spawning({"await-size"}), {.size = {101, 31}});
    user.await("ready\r\n");

    REQUIRE(pty::set_window_size(user.terminal.master.get(), {120, 40}).has_value());

    user.await("changed 120x40");
    CHECK(user.wait().success());
}

TEST_CASE("P06: the program sees the user's pixels as well")
{
    terminal_fixture user(spawning({"size"}), {.size = {101, 31, 808, 496}});

    user.await("101x31 808x496");
    CHECK(user.wait().success());
}

TEST_CASE("P08: a hook sees the argv before anything runs and can refuse it")
{
    words seen;
    {
        pty::audit_registration const hook([&](std::span<std::string const> argv) -> error_code {
            seen.assign(argv.begin(), argv.end());
            return make_error_code(boost::system::errc::operation_not_permitted);
        });
        auto const refused = spawn_with_pipes({child_path, "exit", "0"}, "");

        REQUIRE_FALSE(refused.status.has_value());
        CHECK(refused.status.error().at == process::step::audit);
        CHECK(refused.status.error().code == boost::system::errc::operation_not_permitted);
        CHECK(seen == words{child_path, "exit", "0"});
    }
    CHECK(spawn_with_pipes({child_path, "exit", "0"}, "").status.has_value());
}

}  // namespace
