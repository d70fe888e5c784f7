#include <tendril/process/errc.hpp>
#include <tendril/process/testing/spawn_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <string>

#include <sys/resource.h>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;
using namespace std::string_literals;

TEST_CASE("C02: no program at all is its own error")
{
    CHECK(refusal_of(command()).code == error_code(errc::no_program));
    CHECK(refusal_of(command_of({})).code == error_code(errc::no_program));
    CHECK(shell_code(refusal_of(command())) == 127);
}

TEST_CASE("C02: a NUL byte is refused wherever the kernel would cut the string short")
{
    command what = test_child({"exit", "0"});
    struct {
        step at;
        void (*spoil)(command&);
    } const ways[] = {
        {step::find_program, [](command& bad) { bad.program += "\0x"s; }},
        {step::arguments, [](command& bad) { bad.argv0 = "\0"s; }},
        {step::arguments, [](command& bad) { bad.arguments.push_back("a\0b"s); }},
        {step::environment, [](command& bad) { bad.environment.set("A", "a\0b"s); }},
        {step::working_directory, [](command& bad) { bad.working_directory = "/\0tmp"s; }},
        {step::cgroup, [](command& bad) { bad.cgroup = "/\0tmp"s; }},
        {step::open_file, [](command& bad) { bad.redirections = {{1, file_to_replace{"/dev/null\0"s}}}; }},
    };
    for (auto const& way : ways) {
        CAPTURE(name_of(way.at));
        auto bad = what;
        way.spoil(bad);
        CHECK(refusal_of(bad).at == way.at);
        CHECK(refusal_of(bad).code == error_code(errc::embedded_nul));
        CHECK_FALSE(refusal_of(bad).message().contains('\0'));
    }
}

TEST_CASE("C02: an entry of the environment that is no variable is refused, and its text not shown")
{
    auto what = test_child({"environment"});
    for (auto const* entry : {"secret", "=secret", ""}) {
        what.environment = environment::of({"A=1", entry});
        CHECK(refusal_of(what).at == step::environment);
        CHECK(refusal_of(what).code == error_code(errc::not_a_variable));
        CHECK(refusal_of(what).attempt.ends_with("at entry 1"));
    }
    what.environment = environment::of({"EMPTY=", "B==="});
    CHECK(output_of(what) == "EMPTY=\nB===\n");
}

TEST_CASE("C01: what is no variable in our own environment is not inherited, and keeps nothing from running")
{
    char odd[] = "tendril-odd-entry";
    char plain[] = "TENDRIL_PLAIN=1";
    char* entries[] = {odd, plain, nullptr};
    auto* const before = ::environ;
    ::environ = entries;
    auto const inherited = environment::inherit();
    ::environ = before;

    auto what = test_child({"environment"});
    what.environment = inherited;
    CHECK(output_of(what) == "TENDRIL_PLAIN=1\n");
}

TEST_CASE("C02: a directory is called a directory")
{
    scratch const folder;
    command what;
    what.program = folder.path;

    CHECK(refusal_of(what).code == boost::system::errc::is_a_directory);
    CHECK(shell_code(refusal_of(what)) == 126);
}

TEST_CASE("C02: a list of arguments beyond the kernel's limit is refused by the step that runs the program")
{
    auto what = test_child({"exit", "0"});
    what.arguments.push_back(std::string(200'000, 'x'));  // one string may have 128 KiB
    CHECK(refusal_of(what).at == step::run_program);
    CHECK(refusal_of(what).code == boost::system::errc::argument_list_too_long);

    what.arguments.assign(100'000, std::string(100, 'x'));  // all of them a quarter of the stack
    CHECK(refusal_of(what).code == boost::system::errc::argument_list_too_long);
}

TEST_CASE("C03: a descriptor of ours that is closed or negative is named")
{
    auto what = test_child({"exit", "0"});
    for (auto const& mapping :
         {descriptor_mapping{5, 999}, descriptor_mapping{5, -7}, descriptor_mapping{-3, 1}}) {
        what.descriptors = {mapping};
        auto const bad = mapping.child < 0 ? mapping.child : mapping.parent;
        CHECK(refusal_of(what).at == step::descriptors);
        CHECK(refusal_of(what).code == boost::system::errc::bad_file_descriptor);
        CHECK(refusal_of(what).attempt.ends_with("with " + std::to_string(bad)));
    }
}

/// Our own limit of open files, given back at the end.
struct open_files_limit {
    ::rlimit before{};
    explicit open_files_limit(rlim_t soft)
    {
        REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
        auto const changed = ::rlimit{std::min(soft, before.rlim_max), before.rlim_max};
        REQUIRE(::setrlimit(RLIMIT_NOFILE, &changed) == 0);
    }
    open_files_limit(open_files_limit const&) = delete;
    open_files_limit& operator=(open_files_limit const&) = delete;
    ~open_files_limit() { ::setrlimit(RLIMIT_NOFILE, &before); }
};

TEST_CASE("C03: descriptors above 1024 arrive, up to the last number there is, swaps too")
{
    constexpr int last = 2047;
    open_files_limit const enough(last + 1);
    auto out = make_pipe();
    auto other = make_pipe();
    auto const a = out.writer.get();
    auto const b = other.writer.get();
    auto what = test_child({"write-to", std::to_string(last), "high"});
    what.descriptors = {{last, a}, {a, b}, {b, a}};
    auto const started = spawn(what);
    REQUIRE_MESSAGE(started.has_value(), started.error().message());
    CHECK(wait_for(*started).success());
    out.writer.reset();

    CHECK(read_all(out.reader.get()) == "high");
}

TEST_CASE("C03: a descriptor beyond our limit of open files is an error of its own")
{
    open_files_limit const few(256);
    auto what = test_child({"exit", "0"});
    what.descriptors.push_back({256, 1});
    CHECK(refusal_of(what).at == step::descriptors);
    CHECK(refusal_of(what).code == error_code(errc::descriptor_beyond_limit));

    what.descriptors.pop_back();
    what.redirections = {{70'000, null_device{}}};
    CHECK(refusal_of(what).code == error_code(errc::descriptor_beyond_limit));
}

TEST_CASE("C02: a message is one line, whatever the program is called")
{
    command what;
    what.program = "/no\nwhere\x1b[2J";

    CHECK(refusal_of(what).message() ==
          "cannot run /no\\x0awhere\\x1b[2J: find program: No such file or directory");
}

}  // namespace
