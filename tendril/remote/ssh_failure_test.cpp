#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/ssh_server.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <chrono>
#include <string>
#include <utility>

#include <sys/socket.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;

ssh_options to_port(std::uint16_t port)
{
    return {.hostname = "127.0.0.1", .port = port, .config_file = "none"};
}

TEST_CASE("K04: a refused connection is a host that cannot be reached, by the system's words")
{
    loopback_socket const closed;
    travel there(ssh(to_port(closed.port)), "true");

    auto const why = there.failure();

    CHECK(why.what == connect_failure::unreachable);
    CHECK(why.words.ends_with("Connection refused"));
}

TEST_CASE("K04: a name that nobody knows is a host that cannot be reached")
{
    travel there(ssh({.hostname = "host.invalid", .config_file = "none"}), "true");

    CHECK(there.failure().what == connect_failure::unreachable);
}

TEST_CASE("K04: a host that takes the connection and says nothing is given up in time")
{
    loopback_socket const silent;
    REQUIRE(::listen(silent.fd.get(), 1) == 0);
    auto options = to_port(silent.port);
    options.connect_timeout = std::chrono::seconds(1);
    travel there(ssh(std::move(options)), "true");

    CHECK(there.failure().what == connect_failure::timed_out);
}

TEST_CASE("K04: a host that hangs up before the login is told apart, because one may try again")
{
    loopback_socket const busy;
    REQUIRE(::listen(busy.fd.get(), 1) == 0);
    travel there(ssh(to_port(busy.port)), "true");
    SUBCASE("at once")
    {
        tendril::base::unique_fd const taken(::accept(busy.fd.get(), nullptr, nullptr));
        REQUIRE(taken);
        ::linger const reset{1, 0};
        REQUIRE(::setsockopt(taken.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset) == 0);
    }
    SUBCASE("with a word")
    {
        tendril::base::unique_fd const taken(::accept(busy.fd.get(), nullptr, nullptr));
        REQUIRE(taken);
        REQUIRE(::send(taken.get(), "Exceeded MaxStartups\r\n", 22, MSG_NOSIGNAL) == 22);
        ::shutdown(taken.get(), SHUT_WR);
        std::array<char, 256> sink;
        while (::read(taken.get(), sink.data(), sink.size()) > 0) {
        }
    }

    CAPTURE(there.failure().message());
    CHECK(there.failure().what == connect_failure::dropped);
}

TEST_CASE("K04: a host that speaks another protocol is not understood")
{
    loopback_socket const other;
    REQUIRE(::listen(other.fd.get(), 1) == 0);
    travel there(ssh(to_port(other.port)), "true");
    tendril::base::unique_fd const taken(::accept(other.fd.get(), nullptr, nullptr));
    REQUIRE(::send(taken.get(), "SSH-1.5-old\r\n", 13, MSG_NOSIGNAL) == 13);

    CAPTURE(there.failure().message());
    CHECK(there.failure().what == connect_failure::not_understood);
}

TEST_CASE("K04: a server that is killed in the middle ends the way")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server server(accounts);
    travel there(ssh(server.with_key()), "echo ready; cat");
    there.await("ready\n");

    server.kill();

    CHECK(there.failure().what == connect_failure::ended);
    there.await_end();
}

TEST_CASE("K04: a host too busy for a login is worth another try")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts, "MaxStartups 1");
    loopback_socket const idle;  // a connection that never logs in takes the only place
    ::sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    where.sin_port = htons(server.port());
    REQUIRE(::connect(idle.fd.get(), reinterpret_cast<::sockaddr*>(&where), sizeof where) == 0);
    char first = 0;
    REQUIRE(::read(idle.fd.get(), &first, 1) == 1);

    travel there(ssh(server.with_key()), "true");

    CAPTURE(there.failure().message());
    CHECK(there.failure().what == connect_failure::dropped);
}

}  // namespace
