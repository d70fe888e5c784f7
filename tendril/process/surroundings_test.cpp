#include <tendril/process/testing/spawn_fixture.hpp>
#include <tendril/process/testing/test_child.hpp>

#include <csignal>
#include <string>

#include <fcntl.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace tendril;
using namespace tendril::process;
using namespace tendril::process::testing;
namespace fs = std::filesystem;

TEST_CASE("C17: umask, niceness and limits are what they are told to be, and ours stay")
{
    auto const mask = ::umask(022);
    ::umask(mask);
    auto what = shell("umask; nice; ulimit -Sn; ulimit -Hn; ulimit -c");
    what.file_mode_mask = 0071;
    what.niceness = 7;
    what.limits = {{RLIMIT_NOFILE, 40, 50}, {RLIMIT_CORE, 0, 0}};

    CHECK(output_of(what) == "0071\n7\n40\n50\n0\n");

    auto const after = ::umask(mask);
    CHECK(after == mask);
}

TEST_CASE("C17: a limit of open files does not keep descriptors out that the program is given")
{
    auto what = test_child({"descriptors"});
    what.descriptors.push_back({70, 2});
    what.limits = {{RLIMIT_NOFILE, 16, 16}};

    CHECK(output_of(what) == "0 1 2 70 ");
}

TEST_CASE("C02: a limit that is contradictory, or more than the system allows, is refused with its step")
{
    auto what = shell("exit 0");
    what.limits = {{RLIMIT_CORE, 2, 1}};
    CHECK(refusal_of(what).code == boost::system::errc::invalid_argument);

    what.limits = {{RLIMIT_NOFILE, 10, std::uint64_t{1} << 50}};  // beyond fs.nr_open, which binds root too
    CHECK(refusal_of(what).at == step::resource_limits);
    CHECK(refusal_of(what).code == boost::system::errc::operation_not_permitted);
    CHECK(refusal_of(what).message().find("set resource limits RLIMIT_NOFILE") != std::string::npos);

    what.limits = {{12345, 1, 1}};
    CHECK(refusal_of(what).at == step::resource_limits);
}

TEST_CASE("C17: a program runs on the processors that it is given, and ours stay")
{
    ::cpu_set_t ours;
    CPU_ZERO(&ours);
    REQUIRE(::sched_getaffinity(0, sizeof ours, &ours) == 0);
    int last = CPU_SETSIZE - 1;
    while (!CPU_ISSET(last, &ours))
        --last;
    auto what = shell("grep Cpus_allowed_list /proc/self/status");
    what.processors = {last};

    CHECK(output_of(what) == "Cpus_allowed_list:\t" + std::to_string(last) + "\n");

    ::cpu_set_t after;
    CPU_ZERO(&after);
    REQUIRE(::sched_getaffinity(0, sizeof after, &after) == 0);
    CHECK(CPU_EQUAL(&after, &ours));
}

TEST_CASE("C02: processors that do not exist are refused with their step")
{
    auto what = shell("exit 0");
    for (int const wrong : {-1, 65535, 1 << 30}) {
        what.processors = {wrong};
        CHECK(refusal_of(what).at == step::processors);
        CHECK(refusal_of(what).code == boost::system::errc::invalid_argument);
    }
}

TEST_CASE("C17: niceness and oom score are refused out of range, not rounded")
{
    auto what = shell("exit 0");
    what.niceness = 20;
    CHECK(refusal_of(what).at == step::niceness);

    what.niceness = {};
    what.oom_score_adjustment = 1001;
    CHECK(refusal_of(what).at == step::oom_score);
}

TEST_CASE("C17: the oom score is the program's alone")
{
    auto const before = base::read_file("/proc/self/oom_score_adj", 100);
    REQUIRE(before.has_value());
    auto what = shell("cat /proc/self/oom_score_adj");
    what.oom_score_adjustment = 900;

    CHECK(output_of(what) == "900\n");
    CHECK(base::read_file("/proc/self/oom_score_adj", 100).value() == *before);
}

TEST_CASE("C17: no new privileges is off unless asked for")
{
    auto what = shell("grep NoNewPrivs /proc/self/status");
    what.privileges = privilege_gain::impossible;
    CHECK(output_of(what) == "NoNewPrivs:\t1\n");

    what.privileges = privilege_gain::possible;
    auto const ours = base::read_file("/proc/self/status", 65536);
    REQUIRE(ours.has_value());
    CHECK(ours->contains(output_of(what)));
}

TEST_CASE("C17: a program starts in an open directory, and a relative path starts from there")
{
    scratch const folder;
    REQUIRE(fs::create_directory(folder.path + "/inner"));
    base::unique_fd const directory(::open(folder.path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    auto const moved = folder.path + "-moved";
    auto what = test_child({"directory"});
    what.directory_descriptor = directory.get();

    fs::rename(folder.path, moved);
    auto const outer = output_of(what);
    what.working_directory = "inner";
    auto const inner = output_of(what);
    fs::rename(moved, folder.path);

    CHECK(outer == moved + "\n");
    CHECK(inner == moved + "/inner\n");
}

TEST_CASE("C02: a directory descriptor that is none is refused with its step")
{
    auto const ends = make_pipe();
    auto what = shell("exit 0");
    what.directory_descriptor = ends.reader.get();

    CHECK(refusal_of(what).at == step::working_directory);
    CHECK(refusal_of(what).code == boost::system::errc::not_a_directory);
}

TEST_CASE("C17: a program joins an existing process group")
{
    auto gate = make_pipe();
    auto leader = test_child({"copy"});
    leader.descriptors = {{0, gate.reader.get()}, {1, 1}, {2, 2}};
    leader.group = grouping::own_group;
    auto const leading = spawn(leader);
    REQUIRE(leading.has_value());
    auto what = shell("ps -o pgid= -p $$ | tr -d ' '");
    what.joined_group = leading->pid;

    CHECK(output_of(what) == std::to_string(leading->pid) + "\n");

    what.group = grouping::own_session;
    CHECK(refusal_of(what).at == step::process_group);
    what.group = grouping::same;
    what.joined_group = 1;  // of another session
    CHECK(refusal_of(what).at == step::process_group);
    gate.writer.reset();
    CHECK(wait_for(*leading).success());
}

/// A process of ours that starts a lingering program and waits to be killed. The program writes to @p out.
pid_t fork_a_parent(int out, int parent_death_signal)
{
    auto const parent = ::fork();
    if (parent != 0)
        return parent;
    auto what = test_child({"linger"});
    what.descriptors = {{1, out}};
    what.parent_death_signal = parent_death_signal;
    auto const started = spawn(what);
    ::close(out);
    for (;;)
        ::pause();
}

TEST_CASE("C17: kill -9 of the parent leaves no child that is told to die with it")
{
    for (auto const number : {SIGKILL, SIGTERM}) {
        auto out = make_pipe();
        auto const parent = fork_a_parent(out.writer.get(), number);
        out.writer.reset();
        char ready[8];
        REQUIRE(::read(out.reader.get(), ready, sizeof ready) > 0);

        REQUIRE(::kill(parent, SIGKILL) == 0);

        CHECK(read_all(out.reader.get()) == "");  // ends only when every writer is gone
        CHECK(::waitpid(parent, nullptr, 0) == parent);
    }
}

TEST_CASE("C17: dying with the parent outlasts a change of user")
{
    if (::geteuid() != 0) {
        MESSAGE("skipped: only root can change users");
        return;
    }
    auto what = shell("cat /proc/self/status >/dev/null; echo $(id -u) ready; exec sleep 1000");
    what.user = identity{12345, 12345, {}};
    what.parent_death_signal = SIGKILL;
    auto out = make_pipe();
    auto const parent = ::fork();
    if (parent == 0) {
        what.descriptors = {{0, 0}, {1, out.writer.get()}, {2, 2}};
        auto const started = spawn(what);
        out.writer.reset();
        for (;;)
            ::pause();
    }
    out.writer.reset();
    char line[32];
    auto const count = ::read(out.reader.get(), line, sizeof line);
    REQUIRE(std::string_view(line, static_cast<std::size_t>(count)) == "12345 ready\n");

    REQUIRE(::kill(parent, SIGKILL) == 0);

    CHECK(read_all(out.reader.get()) == "");
    CHECK(::waitpid(parent, nullptr, 0) == parent);
}

TEST_CASE("C02: a signal that does not exist cannot be the parent death signal")
{
    auto what = shell("exit 0");
    what.parent_death_signal = 12345;

    CHECK(refusal_of(what).at == step::parent_death);
}

/// The first cgroup v2 hierarchy that can be written, with a group of the test's own in it.
struct scratch_cgroup {
    std::string path;

    scratch_cgroup()
    {
        for (std::string const root : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
            auto const wanted = root + "/tendril-test-" + std::to_string(::getpid());
            std::error_code ignored;
            if (fs::exists(root + "/cgroup.procs") && fs::create_directory(wanted, ignored) &&
                fs::exists(wanted + "/cgroup.procs")) {
                path = wanted;
                return;
            }
        }
    }

    scratch_cgroup(scratch_cgroup const&) = delete;
    scratch_cgroup& operator=(scratch_cgroup const&) = delete;
    ~scratch_cgroup()
    {
        if (!path.empty())
            CHECK(::rmdir(path.c_str()) == 0);
    }
};

TEST_CASE("C17: a program starts in the cgroup it is given")
{
    scratch_cgroup const group;
    if (group.path.empty()) {
        MESSAGE("skipped: no cgroup v2 hierarchy can be written here");
        return;
    }
    auto what = shell("grep ^0: /proc/self/cgroup");
    what.cgroup = group.path;

    CHECK(output_of(what) == "0::/" + fs::path(group.path).filename().string() + "\n");

    what.program = "/nowhere";
    CHECK(refusal_of(what).at == step::find_program);
}

TEST_CASE("C02: what is no cgroup cannot be entered")
{
    auto what = shell("exit 0");
    what.cgroup = "/nowhere";
    CHECK(refusal_of(what).at == step::cgroup);
    CHECK(refusal_of(what).attempt.ends_with("enter cgroup /nowhere"));

    what.cgroup = "/tmp";
    CHECK(refusal_of(what).at == step::cgroup);
}

}  // namespace
