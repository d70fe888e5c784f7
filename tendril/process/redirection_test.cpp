#include <tendril/process/errc.hpp>
#include <tendril/process/testing/spawn_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <string>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;

std::string content_of(std::string const& path)
{
    auto text = base::read_file(path, 1024 * 1024);
    REQUIRE(text.has_value());
    return *text;
}

void run(command const& what)
{
    auto const started = spawn(what);
    REQUIRE_MESSAGE(started.has_value(), started.error().message());
    CHECK(wait_for(*started).success());
}

TEST_CASE("C17: standard input, output and errors go to and come from files")
{
    scratch const folder;
    auto const in = folder.file("in", "three\nwords\nhere\n", 0644);
    auto const out = folder.file("out", "an old and much longer content of this file\n", 0644);
    auto const log = folder.file("log", "first\n", 0644);
    auto what = shell("cat; echo trouble >&2");
    what.redirections = {{0, file_to_read{in}}, {1, file_to_replace{out}}, {2, file_to_append{log}}};

    run(what);

    CHECK(content_of(out) == "three\nwords\nhere\n");
    CHECK(content_of(log) == "first\ntrouble\n");
}

TEST_CASE("C17: files that are written are created, with the rights our umask leaves")
{
    scratch const folder;
    auto what = shell("echo out; echo err >&2");
    what.redirections = {{1, file_to_replace{folder.path + "/new"}},
                         {2, file_to_append{folder.path + "/more"}}};
    auto const before = ::umask(027);

    run(what);

    ::umask(before);
    CHECK(content_of(folder.path + "/new") == "out\n");
    CHECK(content_of(folder.path + "/more") == "err\n");
    struct ::stat seen{};
    REQUIRE(::stat((folder.path + "/new").c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777) == 0640);
}

TEST_CASE("C17: the null device reads nothing and swallows everything")
{
    auto what = shell("cat; echo swallowed >&2; echo read all");
    what.redirections = {{0, null_device{}}, {2, null_device{}}};

    CHECK(output_of(what) == "read all\n");
}

TEST_CASE("C17: bytes of any number are an input that ends, and the program cannot change them")
{
    std::string const large(3'000'000, 'x');
    auto what = test_child({"count"});
    what.redirections = {{0, contents{large}}};
    CHECK(output_of(what) == "counted 3000000\n");

    what.redirections = {{0, contents{""}}};
    CHECK(output_of(what) == "counted 0\n");

    what = shell("(echo changed >&3) 2>/dev/null || echo refused; cat <&3");
    what.redirections = {{3, contents{"as given\n"}}};
    CHECK(output_of(what) == "refused\nas given\n");
}

TEST_CASE("C17: errors merge into the output, in the order in which they were written")
{
    auto what = shell("echo one; echo two >&2; echo three");
    what.redirections = {{2, duplicate_of{1}}};
    CHECK(output_of(what) == "one\ntwo\nthree\n");

    scratch const folder;
    auto const both = folder.path + "/both";
    what.redirections = {{2, duplicate_of{1}}, {1, file_to_replace{both}}};
    run(what);
    CHECK(content_of(both) == "one\ntwo\nthree\n");
}

TEST_CASE("C17: a redirection goes before the descriptor map, and only the map and it reach the program")
{
    auto what = test_child({"descriptors"});
    what.descriptors = {{0, 0}, {2, 2}};
    what.redirections = {{0, null_device{}}, {9, contents{"x"}}};

    CHECK(output_of(what) == "0 1 2 9 ");
}

TEST_CASE("C02: a file that cannot be opened is named, and nothing is started or left open")
{
    auto what = shell("exit 0");
    what.redirections = {{1, null_device{}}, {0, file_to_read{"/nowhere/input"}}};

    auto const why = refusal_of(what);

    CHECK(why.at == step::open_file);
    CHECK(why.message() == "cannot run /bin/sh: open file /nowhere/input: No such file or directory");
}

TEST_CASE("C03: redirections that contradict themselves are refused")
{
    auto what = shell("exit 0");
    what.redirections = {{1, null_device{}}, {1, null_device{}}};
    CHECK(refusal_of(what).code == error_code(errc::duplicate_descriptor));

    what.redirections = {{2, duplicate_of{7}}};
    auto const why = refusal_of(what);
    CHECK(why.at == step::descriptors);
    CHECK(why.attempt.ends_with("with 7"));

    what.redirections = {{-1, null_device{}}};
    CHECK(refusal_of(what).code == boost::system::errc::bad_file_descriptor);
}

TEST_CASE("C03: a closed standard descriptor of ours does not come alive as one of our files")
{
    base::unique_fd const kept(::fcntl(0, F_DUPFD_CLOEXEC, 3));
    ::close(0);
    auto what = shell("exit 0");
    what.redirections = {{5, null_device{}}};  // would be opened as number 0

    auto const started = spawn(what);
    ::dup2(kept.get(), 0);

    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().at == step::descriptors);
    CHECK(started.error().attempt.ends_with("with 0"));
}

}  // namespace
