#include <tendril/process/spawn.hpp>
#include <tendril/process/testing/spawn_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <csignal>
#include <string>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

TEST_CASE("C01: arguments, argv[0] and the environment arrive byte for byte")
{
    auto what = test_child({"arguments", "", "a b", "\xff\n"});
    CHECK(output_of(what) == "\na b\n\xff\n\n");

    what = test_child({"environment"});
    what.environment = environment::of({"A=1", "B=\xfe"});
    CHECK(output_of(what) == "A=1\nB=\xfe\n");

    command shell;
    shell.program = "/bin/sh";
    shell.argv0 = "called so";
    shell.arguments = {"-c", "echo \"$0\""};
    CHECK(output_of(shell) == "called so\n");
}

TEST_CASE("C01: the program is searched in the PATH of its own environment")
{
    scratch const folder;
    folder.file("tendril-found", "#!/bin/sh\necho found\n", 0755);
    scratch const closed;
    closed.file("tendril-found", "#!/bin/sh\necho wrong\n", 0644);
    command what;
    what.program = "tendril-found";
    what.environment = environment::of({"PATH=/nowhere:" + closed.path + ":" + folder.path});

    CHECK(output_of(what) == "found\n");

    what.environment = environment::of({"PATH=/nowhere:" + closed.path});
    CHECK(refusal_of(what).code == boost::system::errc::permission_denied);
    CHECK(shell_code(refusal_of(what)) == 126);
}

TEST_CASE("C01: the program starts in the directory it is given")
{
    auto what = test_child({"directory"});
    what.working_directory = "/usr";

    CHECK(output_of(what) == "/usr\n");
}

TEST_CASE("C02: a missing program is reported with its step and errno")
{
    command what;
    what.program = "tendril-no-such-program";

    auto const why = refusal_of(what);

    CHECK(why.at == step::find_program);
    CHECK(why.code == boost::system::errc::no_such_file_or_directory);
    CHECK(shell_code(why) == 127);
    CHECK(why.message() == "cannot run tendril-no-such-program: find program: No such file or directory");
}

TEST_CASE("C02: a directory, a file without the execute bit and one without a format cannot be executed")
{
    scratch const folder;
    command what;
    for (auto const& program : {folder.path, folder.file("plain", "#!/bin/sh\n", 0644),
                                folder.file("text", "echo no format\n", 0755)}) {
        CAPTURE(program);
        what.program = program;
        auto const why = refusal_of(what);
        CHECK(why.at == step::run_program);
        CHECK(shell_code(why) == 126);
    }
    CHECK(refusal_of(what).code == boost::system::errc::executable_format_error);
}

TEST_CASE("C02: a script whose interpreter is missing is not called a missing program")
{
    scratch const folder;
    command what;
    what.program = folder.file("script", "#!/nowhere/interpreter\n", 0755);

    CHECK(refusal_of(what).at == step::find_interpreter);
}

TEST_CASE("C02: a bad working directory is named in the error")
{
    auto what = test_child({"exit", "0"});
    what.working_directory = "/nowhere/at/all";

    auto const why = refusal_of(what);

    CHECK(why.at == step::working_directory);
    CHECK(why.attempt.ends_with("change directory to /nowhere/at/all"));
    CHECK(why.code == boost::system::errc::no_such_file_or_directory);
}

TEST_CASE("C02: a terminal that is none cannot become the controlling terminal")
{
    auto const ends = make_pipe();
    auto what = test_child({"exit", "0"});
    what.group = grouping::own_session;
    what.controlling_terminal = ends.reader.get();

    CHECK(refusal_of(what).at == step::controlling_terminal);
}

TEST_CASE("C03: descriptors can be swapped, shared and put anywhere")
{
    auto first = make_pipe();
    auto second = make_pipe();
    auto what = test_child({"write-to", "1", "one"});
    auto const a = first.writer.get();
    auto const b = second.writer.get();

    // {a:b, b:a}: what the child writes to our number a must arrive in the pipe behind b.
    what.arguments = {"write-to", std::to_string(a), "swapped"};
    what.descriptors = {{0, 0}, {a, b}, {b, a}, {200, a}};
    auto started = spawn(what);
    REQUIRE(started.has_value());
    CHECK(wait_for(*started).success());
    second.writer.reset();
    CHECK(read_all(second.reader.get()) == "swapped");

    what.arguments = {"write-to", "200", "far"};
    what.descriptors = {{200, a}, {1, a}, {2, a}};
    started = spawn(what);
    REQUIRE(started.has_value());
    CHECK(wait_for(*started).success());
    first.writer.reset();
    CHECK(read_all(first.reader.get()) == "far");
}

TEST_CASE("C03: a chain of three descriptors that overwrite each other keeps every file")
{
    pipe_ends pipes[3] = {make_pipe(), make_pipe(), make_pipe()};
    int const numbers[3] = {pipes[0].writer.get(), pipes[1].writer.get(), pipes[2].writer.get()};
    for (int i = 0; i < 3; ++i) {
        auto what = test_child({"write-to", std::to_string(numbers[i]), std::to_string(i)});
        what.descriptors = {{numbers[0], numbers[1]}, {numbers[1], numbers[2]}, {numbers[2], numbers[0]}};
        auto const started = spawn(what);
        REQUIRE(started.has_value());
        CHECK(wait_for(*started).success());
    }
    for (auto& each : pipes)
        each.writer.reset();

    CHECK(read_all(pipes[1].reader.get()) == "0");
    CHECK(read_all(pipes[2].reader.get()) == "1");
    CHECK(read_all(pipes[0].reader.get()) == "2");
}

TEST_CASE("C03: the program gets the descriptors of its map and no other")
{
    base::unique_fd const leaky(::open("/dev/null", O_RDONLY));  // not close-on-exec
    auto out = make_pipe();
    auto what = test_child({"descriptors"});
    what.descriptors = {{1, out.writer.get()}, {7, leaky.get()}};
    auto const started = spawn(what);
    REQUIRE(started.has_value());
    out.writer.reset();

    CHECK(read_all(out.reader.get()) == "1 7 ");
    CHECK(wait_for(*started).success());
}

TEST_CASE("C03: a map that contradicts itself or names a closed descriptor is refused")
{
    auto what = test_child({"exit", "0"});
    what.descriptors = {{1, 1}, {1, 2}};
    CHECK(refusal_of(what).at == step::descriptors);

    what.descriptors = {{1, 1000}};
    CHECK(refusal_of(what).code == boost::system::errc::bad_file_descriptor);

    what.descriptors = {{-1, 1}};
    CHECK(refusal_of(what).at == step::descriptors);
}

TEST_CASE("C03: no signal is ignored or blocked in the program, whatever we do with it")
{
    auto const pipe_before = ::signal(SIGPIPE, SIG_IGN);
    sigset_t blocked;
    sigset_t before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);

    auto const seen = output_of(test_child({"signals"}));

    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::signal(SIGPIPE, pipe_before);
    CHECK(seen == "");
}

TEST_CASE("C03: our own signal mask is what it was")
{
    sigset_t before;
    sigset_t after;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &before);

    output_of(test_child({"exit", "0"}));

    ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
    for (int number = 1; number < 65; ++number)
        CHECK(::sigismember(&before, number) == ::sigismember(&after, number));
}

TEST_CASE("C17: a program leads a new session or group when it is asked to")
{
    auto what = test_child({"session"});
    what.group = grouping::own_session;
    CHECK(output_of(what).starts_with("session-leader group-leader"));

    what.group = grouping::own_group;
    CHECK(output_of(what).starts_with("session-member group-leader"));

    what.group = grouping::same;
    CHECK(output_of(what).starts_with("session-member group-member"));
}

}  // namespace
