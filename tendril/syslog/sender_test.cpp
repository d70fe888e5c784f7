#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/io/task_group.hpp>
#include <tendril/syslog/sender.hpp>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril::syslog;
using namespace std::chrono_literals;
using tendril::base::bytes_of;
namespace asio = boost::asio;

std::string free_port()
{
    asio::io_context loop;
    asio::ip::tcp::acceptor probe(loop, {asio::ip::address_v4::loopback(), 0});
    return std::to_string(probe.local_endpoint().port());
}

/// rsyslogd with a configuration of its own; every message that it takes comes out of a pipe.
class daemon {
public:
    explicit daemon(std::string const& inputs)
    {
        auto const pipe = scratch_.path + "/out";
        REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
        out_.reset(::open(pipe.c_str(), O_RDWR | O_CLOEXEC));
        REQUIRE(out_);
        REQUIRE(::fcntl(out_.get(), F_SETPIPE_SZ, 1024 * 1024) >
                0);  // a full pipe suspends the daemon's output
        auto text =
            "global(processInternalMessages=\"on\" workDirectory=\"" + scratch_.path + "\")\n" + inputs +
            "\ntemplate(name=\"t\" type=\"string\" string=\"%syslogfacility-text%.%syslogseverity-text% "
            "%app-name% %structured-data% %msg%\\n\")\n"
            "action(type=\"ompipe\" pipe=\"" +
            pipe + "\" template=\"t\")\n";
        for (auto at = text.find("FOLDER"); at != text.npos; at = text.find("FOLDER"))
            text.replace(at, 6, scratch_.path);
        auto const configuration = scratch_.path + "/conf";
        REQUIRE(tendril::base::replace_file(configuration, text).has_value());
        make_certificate(text);
        start({"/usr/sbin/rsyslogd", "-n", "-iNONE", "-f", configuration});
        static_cast<void>(read_line(" start"));
    }

    ~daemon()
    {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
    }

    daemon(daemon const&) = delete;
    daemon& operator=(daemon const&) = delete;

    [[nodiscard]] std::string const& folder() const noexcept { return scratch_.path; }

    /// The next message that holds @p text. Fails the test after 20 seconds.
    std::string read_line(std::string_view text)
    {
        for (;;) {
            auto const end = unread_.find('\n');
            if (end != unread_.npos) {
                auto const line = unread_.substr(0, end);
                unread_.erase(0, end + 1);
                if (line.find(text) != line.npos)
                    return line;
                continue;
            }
            pollfd waiting{out_.get(), POLLIN, 0};
            REQUIRE_MESSAGE(::poll(&waiting, 1, 20'000) == 1, "the daemon says nothing");
            std::array<char, 4096> piece;
            auto const count = ::read(out_.get(), piece.data(), piece.size());
            REQUIRE(count > 0);
            unread_.append(piece.data(), static_cast<std::size_t>(count));
        }
    }

private:
    void make_certificate(std::string const& configuration)
    {
        if (configuration.find("gtls") == configuration.npos)
            return;
        auto const command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
                             "subjectAltName=DNS:localhost -keyout " +
                             scratch_.path + "/key.pem -out " + scratch_.path + "/cert.pem 2>/dev/null";
        REQUIRE(std::system(command.c_str()) == 0);
    }

    void start(std::vector<std::string> words)
    {
        std::vector<char*> arguments;
        for (auto& each : words)
            arguments.push_back(each.data());
        arguments.push_back(nullptr);
        REQUIRE(::posix_spawn(&child_, arguments[0], nullptr, nullptr, arguments.data(), environ) == 0);
    }

    tendril::base::testing::scratch_folder scratch_;
    tendril::base::unique_fd out_;
    std::string unread_;
    pid_t child_ = -1;
};

asio::awaitable<void> send_all(asio::io_context* loop, sender* to, tendril::io::task_group* running)
{
    co_await to->drained();
    running->cancel();
    co_await running->join();
    loop->stop();  // the connection stays, and waits for its end
}

/// Runs @p to until everything was handed to the system.
void deliver(asio::io_context& loop, sender& to)
{
    tendril::io::task_group running(loop.get_executor());
    running.spawn(to.run());
    asio::co_spawn(loop, send_all(&loop, &to, &running), asio::detached);
    loop.restart();
    loop.run();
}

identity who()
{
    return {facility::local3, "here", "tendril", 7, "ann", "3"};
}

std::string const expected_rfc5424 =
    "local3.info tendril [tendril@32473 user=\"ann\" terminal=\"3\"] ann 3: hello #033[1m";

TEST_CASE("L06: a real rsyslog takes our messages over UDP")
{
    auto const port = free_port();
    daemon logs("module(load=\"imudp\")\ninput(type=\"imudp\" address=\"127.0.0.1\" port=\"" + port + "\")");
    asio::io_context loop;
    sender to(loop.get_executor(), parse_endpoint("udp://127.0.0.1:" + port).value(), who());
    to.output(bytes_of("hello \x1b[1m\nunfinished"));
    deliver(loop, to);
    CHECK(logs.read_line("hello") == expected_rfc5424);
    to.finish_line();
    deliver(loop, to);
    CHECK(logs.read_line("unfinished").ends_with("ann 3: unfinished"));
}

TEST_CASE("L06: a real rsyslog takes our messages over TCP, a thousand in order")
{
    auto const port = free_port();
    daemon logs("module(load=\"imtcp\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"" + port + "\")");
    asio::io_context loop;
    sender to(loop.get_executor(), parse_endpoint("tcp://127.0.0.1:" + port).value(), who());
    to.output(bytes_of("hello \x1b[1m\n"));
    for (int n = 0; n < 1000; ++n)
        to.send(severity::info, "number " + std::to_string(n));
    deliver(loop, to);
    CHECK(logs.read_line("hello") == expected_rfc5424);
    for (int n = 0; n < 1000; ++n)
        REQUIRE(logs.read_line("number").ends_with("number " + std::to_string(n)));
    CHECK(to.sent_messages() == 1001);
    CHECK(to.dropped_messages() == 0);
}

TEST_CASE("L06: a real rsyslog takes our messages over TLS, and one that cannot prove its name gets none")
{
    auto const port = free_port();
    daemon logs("global(DefaultNetstreamDriver=\"gtls\" DefaultNetstreamDriverCAFile=\"FOLDER/cert.pem\" "
                "DefaultNetstreamDriverCertFile=\"FOLDER/cert.pem\" "
                "DefaultNetstreamDriverKeyFile=\"FOLDER/key.pem\")\n"
                "module(load=\"imtcp\" StreamDriver.Name=\"gtls\" StreamDriver.Mode=\"1\" "
                "StreamDriver.AuthMode=\"anon\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"" +
                port + "\")");
    asio::io_context loop;
    auto trusted = parse_endpoint("tls://localhost:" + port).value();
    auto nameless = parse_endpoint("tls://127.0.0.1:" + port).value();
    auto unknown = trusted;
    trusted.trusted_certificates = nameless.trusted_certificates = logs.folder() + "/cert.pem";

    for (auto const& wrong : {nameless, unknown}) {
        sender never(loop.get_executor(), wrong, who());
        never.send(severity::info, "secret");
        tendril::io::task_group running(loop.get_executor());
        running.spawn(never.run());
        loop.restart();
        while (never.problem().empty())
            REQUIRE(loop.run_one_for(20s) == 1);
        CHECK(never.sent_messages() == 0);
        running.cancel();
        asio::co_spawn(loop, running.join(), asio::detached);
        loop.run();
    }
    sender to(loop.get_executor(), trusted, who());
    to.output(bytes_of("hello \x1b[1m\n"));
    deliver(loop, to);
    CHECK(logs.read_line("ann 3:") == expected_rfc5424);
}

TEST_CASE("L06: the socket of this machine is given RFC 3164")
{
    daemon logs(
        "module(load=\"imuxsock\" SysSock.Use=\"off\")\ninput(type=\"imuxsock\" Socket=\"FOLDER/log\")");
    asio::io_context loop;
    sender to(loop.get_executor(), parse_endpoint("local:" + logs.folder() + "/log").value(), who());
    to.output(bytes_of("hello \x1b[1m\n"));
    deliver(loop, to);
    CHECK(logs.read_line("hello") == "local3.info tendril -  ann 3: hello #033[1m");
}

/// Takes one connection, one message of it, and hangs up; the messages go to @p into.
asio::awaitable<void> take_messages(asio::ip::tcp::acceptor* from, int count, std::string* into)
{
    for (int n = 0; n < count; ++n) {
        auto taken = co_await from->async_accept(asio::use_awaitable);
        std::string received;
        auto buffer = asio::dynamic_buffer(received);
        auto const size = co_await asio::async_read_until(taken, buffer, "END", asio::use_awaitable);
        *into += received.substr(0, size);
    }
}

TEST_CASE("L06: a connection that is lost is made again")
{
    asio::io_context loop;
    asio::ip::tcp::acceptor server(loop, {asio::ip::address_v4::loopback(), 0});
    auto const port = std::to_string(server.local_endpoint().port());
    sender to(loop.get_executor(), parse_endpoint("tcp://127.0.0.1:" + port).value(), who());
    std::string got;
    bool is_done = false;
    tendril::io::task_group running(loop.get_executor());
    running.spawn(to.run());
    asio::co_spawn(loop, take_messages(&server, 3, &got), [&](std::exception_ptr) { is_done = true; });
    for (;;) {
        if (is_done)
            break;
        to.send(severity::info, "message END");
        REQUIRE(loop.run_one_for(20s) == 1);
    }
    running.cancel();
    asio::co_spawn(loop, running.join(), asio::detached);
    loop.run();
    CAPTURE(got);
    CHECK(got.find("ann 3: message END") != std::string::npos);
}

TEST_CASE("L06: without a daemon the queue is bounded, and what was dropped is said when there is room")
{
    auto const port = free_port();
    asio::io_context loop;
    sender to(loop.get_executor(), parse_endpoint("tcp://127.0.0.1:" + port).value(), who());
    for (int n = 0; n < 10'000; ++n)
        to.send(severity::info, "number " + std::to_string(n));
    CHECK(to.dropped_messages() > 7000);
    auto const dropped = to.dropped_messages();

    daemon logs("module(load=\"imtcp\")\ninput(type=\"imtcp\" address=\"127.0.0.1\" port=\"" + port + "\")");
    deliver(loop, to);
    to.send(severity::info, "after");
    deliver(loop, to);

    CHECK(logs.read_line("dropped").ends_with(std::to_string(dropped) + " messages were dropped"));
    CHECK(logs.read_line("after").ends_with("ann 3: after"));
    CHECK(to.sent_messages() + dropped == 10'000 + 2);
}

}  // namespace
