#include <tendril/process/errc.hpp>
#include <tendril/process/testing/event_record.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>
#include <tendril/process/transport.hpp>

#include <array>
#include <csignal>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

command shell_script(std::string const& script)
{
    return shell(script, TENDRIL_TEST_CHILD);
}

TEST_CASE("C06: a megabyte comes back as it was written")
{
    recorded run(test_child({"copy"}));
    auto const sent = pattern_of(1024 * 1024);
    CHECK(run.program->write(sent).has_value());
    CHECK(run.program->close_stdin().has_value());

    CHECK(run.run_to_end().success());
    CHECK((run.record.text[1] == sent));
}

TEST_CASE("C06: pieces and single writes keep their order across partial writes")
{
    recorded run(test_child({"copy"}));
    std::string expected;
    for (int i = 0; i < 300; ++i) {
        std::string const first(static_cast<std::size_t>(i * 7), static_cast<char>('a' + i % 26));
        std::string const second = std::to_string(i);
        std::array const pieces{base::bytes_of(first), base::bytes_of(second)};
        CHECK(run.program->write_sequence(0, pieces).has_value());
        CHECK(run.program->write("|").has_value());
        expected += first + second + '|';
    }
    CHECK(run.program->close_stdin().has_value());

    CHECK(run.run_to_end().success());
    CHECK((run.record.text[1] == expected));
}

TEST_CASE("C06: writing after the close is an error that names the process, and no SIGPIPE")
{
    auto const before = ::signal(SIGPIPE, SIG_DFL);
    recorded run(test_child({"close"}));
    run.run_until([&] { return run.record.count("closed 0") == 1; });

    auto const refused = run.program->write("lost");

    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == error_code(errc::not_connected));
    CHECK(refused.error().attempt == "write to " + run.program->description(0));
    CHECK(run.program->write(1, base::bytes_of("x")).error().code == error_code(errc::not_connected));
    CHECK(run.program->write(9, base::bytes_of("x")).error().code == error_code(errc::not_connected));
    run.program.reset();
    ::signal(SIGPIPE, before);
}

TEST_CASE("C06: a program that stops reading in the middle breaks the pipe, not us")
{
    auto const before = ::signal(SIGPIPE, SIG_DFL);
    recorded run(shell_script("head -c 10; exec 0<&-; echo; echo closed; exec $CHILD linger"));
    CHECK(run.program->write(std::string(1024 * 1024, 'x')).has_value());

    run.await("closed");
    run.run_until([&] { return run.record.count("closed 0") == 1; });

    CHECK(run.program->why_closed(0) == boost::system::errc::broken_pipe);
    CHECK_FALSE(run.program->write("more").has_value());
    run.program.reset();
    ::signal(SIGPIPE, before);
}

TEST_CASE("C06: a program that does not read makes writes beyond the limit fail whole")
{
    recorded run(test_child({"linger"}), standard_pipes(), {.limit_bytes = 100'000});
    std::string const piece(50'000, 'x');
    result<void> refused;
    std::size_t accepted = 0;
    while ((refused = run.program->write(piece)))
        REQUIRE(++accepted < 100);

    CHECK(refused.error().code == boost::system::errc::no_buffer_space);
    CHECK(run.program->queued_bytes(0) <= 100'000);
    CHECK(run.program->queued_bytes(0) + 65'536 >= accepted * piece.size());
}

TEST_CASE("C07: close_stdin lets queued input arrive first, and output goes on after it")
{
    recorded run(test_child({"count"}));
    CHECK(run.program->write(std::string(300'000, 'x')).has_value());
    CHECK(run.program->close_stdin().has_value());
    CHECK(run.program->close_stdin().has_value());
    CHECK_FALSE(run.program->write("late").has_value());

    CHECK(run.run_to_end().success());
    CHECK(run.record.text[1] == "counted 300000\n");
    CHECK(run.program->why_closed(0) == error_code());
}

TEST_CASE("C07: closing standard output is seen by the program, and told")
{
    recorded run(test_child({"flood", "100000000"}));
    CHECK(run.program->close_stdout().has_value());

    CHECK(run.run_to_end() == exit_status::killed(SIGPIPE));
    CHECK(run.record.count("closed 1") == 1);
    CHECK(run.program->close(7).error().code == error_code(errc::not_connected));
}

TEST_CASE("C07: lose_connection closes everything once the writes have gone out")
{
    recorded run(shell_script("cat > /dev/null; exec $CHILD linger"));
    CHECK(run.program->write(std::string(300'000, 'x')).has_value());
    run.program->lose_connection();

    run.run_until([&] {
        return run.record.count("closed 0") + run.record.count("closed 1") + run.record.count("closed 2") ==
               3;
    });
    CHECK(run.program->why_closed(0) == error_code());  // nothing was left behind
    CHECK_FALSE(run.record.exit.has_value());
    CHECK(run.program->signal("KILL").has_value());
    CHECK(run.run_to_end() == exit_status::killed(SIGKILL));
}

TEST_CASE("C07: drop_connection closes at once, whatever is queued")
{
    recorded run(test_child({"linger"}));
    run.await("ready");
    CHECK(run.program->write(std::string(300'000, 'x')).has_value());
    run.program->drop_connection();

    run.run_until([&] { return run.record.count("closed 0") + run.record.count("closed 2") == 2; });
    CHECK_FALSE(run.record.exit.has_value());
    CHECK(run.program->signal("KILL").has_value());
    CHECK(run.run_to_end() == exit_status::killed(SIGKILL));
}

TEST_CASE("C07: a program that has ended takes no more input, and closing it again is no error")
{
    recorded run(test_child({"exit", "0"}));
    run.run_to_end();

    CHECK(run.program->write("late").error().code == error_code(errc::not_connected));
    CHECK(run.program->close_stdin().has_value());
    CHECK(run.program->native_handle(0) == -1);
    run.program->pause();
    run.program->resume();
    run.program->stop();
    run.program->lose_connection();
    run.loop.restart();
    run.loop.poll();
    CHECK(run.record.events.back() == "ended");
}

}  // namespace
