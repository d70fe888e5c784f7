#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/session/host_process.hpp>
#include <tendril/session/testing/hosted.hpp>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/system/errc.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using tendril::base::testing::scratch_folder;
using namespace std::chrono_literals;
using session::host_folder;
using session::host_view;
using session::testing::looker;
using session::testing::patient_loop;

namespace errc = boost::system::errc;

constexpr session::hello_packet frames{.view = host_view::frames};

session::host_plan plan_of(std::string script, std::string name = "it")
{
    session::host_plan plan;
    plan.session.program = session::testing::shell(std::move(script)).program;
    plan.name = std::move(name);
    return plan;
}

/// A process that is waited for by its descriptor: it is no child of ours.
class watched_process {
public:
    explicit watched_process(pid_t pid) : pidfd_(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)))
    {
        REQUIRE(pidfd_);
    }

    [[nodiscard]] bool ends() const
    {
        ::pollfd ended{pidfd_.get(), POLLIN, 0};
        return ::poll(&ended, 1, 20'000) == 1;
    }

    void kill(int signal) const
    {
        REQUIRE(::syscall(SYS_pidfd_send_signal, pidfd_.get(), signal, nullptr, 0) == 0);
    }

private:
    base::unique_fd pidfd_;
};

struct in_processes : patient_loop {
    scratch_folder scratch;
    host_folder folder = host_folder::open(scratch / "sessions").value();

    session::started_host start(session::host_plan plan)
    {
        auto made = session::start_host(folder, std::move(plan));
        if (!made)
            FAIL(made.error().message());
        return std::move(*made);
    }

    std::shared_ptr<looker> come(session::hello_packet const& hello = frames)
    {
        return looker::come(loop, folder, "it", hello);
    }

    [[nodiscard]] bool run_until_shown(looker const& by, std::string_view text)
    {
        return run_until([&] { return by.shows(text); });
    }

    /// Runs until the host has hung up on @p who.
    [[nodiscard]] bool run_until_left(looker const& who)
    {
        return run_until([&] { return who.failure.has_value(); });
    }

    /// Has @p by end the program. False unless that ends the host too.
    [[nodiscard]] bool ended(looker& by, watched_process const& host)
    {
        return !by.link->terminate() && run_until_left(by) && host.ends();
    }
};

TEST_CASE("M12: a session lives in a process of its own, and ends with its program")
{
    in_processes it;
    auto const started = it.start(plan_of("echo ready; read line; exit 5"));
    watched_process const host(started.host);
    auto const person = it.come();
    REQUIRE(it.run_until_shown(*person, "ready"));
    CHECK(person->welcome->host == static_cast<std::uint32_t>(started.host));
    CHECK(::getsid(started.host) != ::getsid(0));
    CHECK(::waitpid(started.host, nullptr, WNOHANG) == -1);  // no child of ours

    person->type("\r");
    REQUIRE(it.run_until_left(*person));

    CHECK(person->status == process::exit_status::exited(5));
    CHECK(host.ends());
    CHECK(it.folder.names().value().empty());
}

TEST_CASE("M12: kill -9 of whoever started it, and was attached, loses nothing")
{
    in_processes it;
    auto const starter = ::fork();
    REQUIRE(starter >= 0);
    if (starter == 0) {
        auto const made =
            session::start_host(it.folder, plan_of("echo ready; while read l; do echo got $l; done"));
        auto const attached = it.folder.connect("it");
        ::kill(::getpid(), made && attached ? SIGKILL : SIGTERM);
    }
    int status = 0;
    REQUIRE(::waitpid(starter, &status, 0) == starter);
    REQUIRE(WTERMSIG(status) == SIGKILL);

    auto const person = it.come();
    REQUIRE(it.run_until_shown(*person, "ready"));
    watched_process const host(static_cast<pid_t>(person->welcome->host));
    person->type("still here\r");
    CHECK(it.run_until_shown(*person, "got still here"));
    CHECK(it.ended(*person, host));
}

TEST_CASE("M12: kill -9 of the host hangs the program up and leaves a stale socket, no more")
{
    in_processes it;
    auto const started = it.start(plan_of("echo ready; while :; do read line || exit; done"));
    watched_process const host(started.host);
    auto const person = it.come();
    REQUIRE(it.run_until_shown(*person, "ready"));
    watched_process const program(static_cast<pid_t>(person->welcome->program));

    host.kill(SIGKILL);
    REQUIRE(it.run_until_left(*person));

    CHECK(!person->status);
    CHECK(host.ends());
    CHECK(program.ends());
    CHECK(it.folder.connect("it").error().code == errc::connection_refused);
    CHECK(it.folder.claim("it").has_value());
    CHECK(it.folder.names().value().empty());
}

TEST_CASE("M12: SIGTERM to the host ends the program in an orderly way")
{
    in_processes it;
    auto const started =
        it.start(plan_of("trap 'echo bye; exit 9' HUP; echo ready; while :; do read line; done"));
    watched_process const host(started.host);
    auto const person = it.come();
    REQUIRE(it.run_until_shown(*person, "ready"));

    host.kill(SIGTERM);
    REQUIRE(it.run_until_left(*person));

    CHECK(person->status == process::exit_status::exited(9));
    CHECK(person->shows("bye"));
    CHECK(host.ends());
}

TEST_CASE("M12: the host has none of our descriptors, terminals or signals")
{
    in_processes it;
    base::unique_fd const ours(::open("/dev/zero", O_RDONLY));  // inheritable
    auto const started = it.start(plan_of("trap 'echo interrupted' INT; echo ready; read line; read line"));
    watched_process const host(started.host);
    auto const person = it.come();
    REQUIRE(it.run_until_shown(*person, "ready"));

    for (auto const& each :
         std::filesystem::directory_iterator("/proc/" + std::to_string(started.host) + "/fd"))
        CHECK(std::filesystem::read_symlink(each.path()) != "/dev/zero");
    REQUIRE(!person->link->signal(SIGINT));  // which the host ignores and the program does not
    CHECK(it.run_until_shown(*person, "interrupted"));
    CHECK(it.ended(*person, host));
}

TEST_CASE("M12: the host keeps the log, which is whole when it has ended")
{
    in_processes it;
    auto plan = plan_of("echo some output; read line");
    plan.session.log_path = it.scratch / "log.cast";
    plan.session.log_format = record::format::asciicast_v3;
    auto const started = it.start(std::move(plan));
    watched_process const host(started.host);
    auto const person = it.come();
    REQUIRE(it.run_until_shown(*person, "some output"));
    person->type("\r");
    REQUIRE(it.run_until_left(*person));
    CHECK(host.ends());

    std::ifstream log(it.scratch / "log.cast");
    std::string const content{std::istreambuf_iterator<char>(log), {}};
    CHECK(content.find("some output") != std::string::npos);
    CHECK(content.find("\"x\"") != std::string::npos);  // the event that says how it ended
}

TEST_CASE("M12: nameless sessions are numbered, and a taken name or a missing program leaves nothing")
{
    in_processes it;
    auto const zero = it.start(plan_of("read line", ""));
    auto const one = it.start(plan_of("read line", ""));
    CHECK(zero.name == "0");
    CHECK(one.name == "1");

    auto const taken = session::start_host(it.folder, plan_of("read line", "1"));
    CHECK(taken.error().code == errc::address_in_use);
    auto missing = plan_of("", "missing");
    missing.session.program.program = "tendril-no-such-program";
    auto const refused = session::start_host(it.folder, std::move(missing));
    CHECK(refused.error().shell_code == 127);
    CHECK(refused.error().code == errc::no_such_file_or_directory);
    auto homeless = plan_of("true", "homeless");
    homeless.session.program.working_directory = "/no/such/folder";
    CHECK(session::start_host(it.folder, std::move(homeless)).error().shell_code == 126);
    auto unlogged = plan_of("true", "unlogged");
    unlogged.session.log_path = "/no/such/folder/log";
    CHECK(session::start_host(it.folder, std::move(unlogged)).error().shell_code == 1);
    CHECK(it.folder.names().value() == std::vector<std::string>{"0", "1"});

    for (auto const& each : {zero, one}) {
        watched_process const host(each.host);
        auto const ender = looker::come(it.loop, it.folder, each.name, {.view = host_view::ending});
        CHECK(it.ended(*ender, host));
        CHECK(ender->status.has_value());
    }
}

TEST_CASE("M12: a host whose end nobody hears of goes when its patience is over")
{
    in_processes it;
    auto plan = plan_of("read line");
    plan.linger = 0s;
    auto const started = it.start(std::move(plan));
    watched_process const host(started.host);
    auto const person = it.come({});
    person->type("\r");
    CHECK(host.ends());
    CHECK(it.folder.names().value().empty());
    CHECK(it.run_until_left(*person));
}

}  // namespace
