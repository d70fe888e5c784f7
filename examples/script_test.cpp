#include <tendril/pty/testing/terminal_fixture.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
namespace fs = std::filesystem;

/// A folder of its own, gone with the test.
struct scratch {
    std::string path = (fs::temp_directory_path() / "tendril-script-XXXXXX").string();
    scratch() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~scratch() { fs::remove_all(path); }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;

    std::string read(std::string const& name) const
    {
        auto content = base::read_file(path + "/" + name, 1024 * 1024);
        REQUIRE(content.has_value());
        return *content;
    }
};

process::command script_in(scratch const& folder, std::vector<std::string> words)
{
    process::command what;
    what.program = TENDRIL_SCRIPT;
    what.arguments = std::move(words);
    what.environment = process::environment::inherit();
    what.environment.set("SHELL", "/bin/sh").set("PS1", "READY> ");
    what.working_directory = folder.path;
    return what;
}

int count_of(std::string const& text, std::string_view what)
{
    int count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++count;
    return count;
}

TEST_CASE("P09: a session in the user's shell is recorded with its start, its end and its exit code")
{
    scratch const folder;
    pty::testing::terminal_fixture user(script_in(folder, {}));

    user.await("READY> ");
    user.type("echo $((6*7)); exit 3\r");
    user.await("42");
    CHECK(user.wait() == process::exit_status::exited(3));
    CHECK(user.is_as_found());

    auto const typescript = folder.read("typescript");
    CHECK(typescript.starts_with("Script started on 2"));
    CHECK(typescript.find("\n42\r\n") != std::string::npos);
    CHECK(typescript.ends_with(" [exit code 3]\n"));
}

TEST_CASE("P09: -a appends, without it the file starts anew")
{
    scratch const folder;
    for (auto const& words : {std::vector<std::string>{"log", "echo", "one"}, {"-a", "log", "echo", "two"}})
        CHECK(pty::testing::terminal_fixture(script_in(folder, words)).wait().success());

    CHECK(count_of(folder.read("log"), "Script started on ") == 2);
    CHECK(folder.read("log").find("one\r\n") < folder.read("log").find("two\r\n"));

    CHECK(pty::testing::terminal_fixture(script_in(folder, {"log", "echo", "three"})).wait().success());
    CHECK(count_of(folder.read("log"), "Script started on ") == 1);
}

TEST_CASE("P09: a program that a signal ended shows as the negative signal")
{
    scratch const folder;
    pty::testing::terminal_fixture user(script_in(folder, {"log", "/bin/sh", "-c", "kill -9 $$"}));

    CHECK(user.wait() == process::exit_status::exited(137));
    CHECK(folder.read("log").ends_with(" [exit code -9]\n"));
}

}  // namespace
