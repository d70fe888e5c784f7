#include <tendril/remote/testing/far_end.hpp>

#include <csignal>
#include <thread>

namespace {

using namespace tendril;
using namespace tendril::remote;
using namespace tendril::remote::testing;

direct_options directly(std::string word)
{
    return {.program = TENDRIL_FAR_PROGRAM, .name = "near", .word = std::move(word)};
}

std::unique_ptr<carrier> start(asio::io_context& loop, direct_options how)
{
    auto started = local_direct(loop.get_executor(), std::move(how));
    REQUIRE_MESSAGE(started.has_value(), started.error().message());
    return std::move(*started);
}

std::string said(asio::io_context& loop, carrier& by, std::string const& end)
{
    return run(loop, text_until(&by.stream(), "", end));
}

TEST_CASE("K03: a program started directly is shown by its name, with nothing before its first byte")
{
    asio::io_context loop;
    auto const near = start(loop, directly("process"));

    CHECK(said(loop, *near, "+").starts_with("tendril:near process\ntendril:near|process|tendril:near+0"));
    CHECK(near->description() == "local:near");
}

TEST_CASE("K03: what a program says on its standard error is handed on line by line, the last one without "
          "its end too")
{
    asio::io_context loop;
    auto how = directly("complain");
    std::vector<std::string> lines;
    how.on_line = [&](std::string_view line) { lines.emplace_back(line); };
    auto const near = start(loop, std::move(how));
    ::shutdown(near->stream().native_handle(), SHUT_WR);
    auto const why = run(loop, near->failure());

    CHECK(lines == std::vector<std::string>{"first line", "second line", "half"});
    CHECK(why.last_output == "first line\nsecond line\nhalf");
    CHECK(why.words.ends_with("exited with code 0"));
}

TEST_CASE("K03: who gets a line may destroy the way it came by, and gets no further one")
{
    asio::io_context loop;
    auto how = directly("complain");
    std::unique_ptr<carrier> near;
    int lines = 0;
    how.on_line = [&](std::string_view) {
        ++lines;
        near.reset();
    };
    near = start(loop, std::move(how));
    loop.run();

    CHECK(lines == 1);
}

TEST_CASE("K03: a program that writes much on its standard error is neither held up nor kept whole")
{
    asio::io_context loop;
    local_options how;
    how.shell = {"/bin/sh", "-c",
                 "head -c 1000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo end >&2; echo done", "sh"};
    std::size_t longest = 0;
    std::size_t bytes = 0;
    how.on_line = [&](std::string_view line) {
        longest = std::max(longest, line.size());
        bytes += line.size();
    };
    auto way = local(how)(loop.get_executor(), "");
    REQUIRE(way.has_value());
    CHECK(said(loop, **way, "done") == "done\n");
    auto const why = run(loop, (*way)->failure());

    CHECK(bytes == 1'000'003);
    CHECK(longest == 4096);
    CHECK(why.last_output.size() <= 4096);
    CHECK(why.last_output.ends_with("\nend"));
}

TEST_CASE("K03: a program that cannot be started says why")
{
    asio::io_context loop;
    auto how = directly("echo");
    how.program = "/nowhere/program";
    auto const started = local_direct(loop.get_executor(), how);

    REQUIRE(!started.has_value());
    CHECK(started.error().what == connect_failure::cannot_start);
    CHECK(started.error().message().contains("/nowhere/program"));
    how.name = "two words";
    CHECK(local_direct(loop.get_executor(), how).error().what == connect_failure::bad_option);
}

TEST_CASE("K03: the running program can be started once more")
{
    asio::io_context loop;
    direct_options how{.name = "again", .word = "--version"};
    auto const near = start(loop, std::move(how));
    CHECK(said(loop, *near, "doctest version").contains("doctest version"));
}

TEST_CASE("K03: a program dies with the thread that started it, if that is asked")
{
    asio::io_context loop;
    std::unique_ptr<carrier> near;
    std::jthread([&] {
        auto how = directly("echo");
        how.parent_death_signal = SIGKILL;
        near = start(loop, std::move(how));
    }).join();

    CHECK(run(loop, near->failure()).words.contains("killed by signal 9"));
}

TEST_CASE("K03: contexts that come and go leave nothing behind")
{
    asio::io_context loop;
    for (int round = 0; round < 100; ++round) {
        auto const near = start(loop, directly("echo"));
        if (round % 2 == 0)
            CHECK(said(loop, *near, "\n") == "tendril:near echo\n");
    }
}

}  // namespace
