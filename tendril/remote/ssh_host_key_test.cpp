#include <tendril/base/file.hpp>
#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/ssh_server.hpp>
#include <tendril/remote/testing/travel.hpp>

#include <string>
#include <utility>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using namespace tendril::remote::testing;

std::string known_to(ssh_server const& server)
{
    auto text = tendril::base::read_file(server.known_hosts(), 64 * 1024);
    REQUIRE(text.has_value());
    return *text;
}

/// What comes of visiting with this check, with a key and with a password (that is: without a terminal for
/// ssh and with one).
struct visits {
    std::optional<connect_failure> by_key;
    std::optional<connect_failure> by_password;
    bool operator==(visits const&) const = default;
};

visits visit(ssh_server const& server, host_key_check check, std::string const& known)
{
    auto const once = [&](ssh_options options) -> std::optional<connect_failure> {
        REQUIRE(tendril::base::replace_file(server.known_hosts(), known).has_value());
        options.check_host_keys = check;
        travel there(ssh(std::move(options)), "echo welcome; cat");
        there.run_until([&] { return there.failed || there.output.contains("welcome\n"); });
        return there.failed ? std::optional(there.failed->what) : std::nullopt;
    };
    return {once(server.with_key()), once(server.with_password())};
}

doctest::String toString(visits const& both)
{
    auto const in_words = [](std::optional<connect_failure> why) {
        return why ? std::string(meaning(*why)) : "welcome";
    };
    return ("key: " + in_words(both.by_key) + ", password: " + in_words(both.by_password)).c_str();
}

constexpr visits welcome{};

visits both(connect_failure why)
{
    return {why, why};
}

TEST_CASE("K04: a host that nobody knows is accepted, remembered or refused, as one wants it")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);

    CHECK(visit(server, host_key_check::enforce, "") == both(connect_failure::unknown_host_key));
    CHECK(known_to(server).empty());
    CHECK(visit(server, host_key_check::ignore, "") == welcome);
    CHECK(known_to(server).empty());
    CHECK(visit(server, host_key_check::accept, "") == welcome);
    CHECK(known_to(server).contains("ssh-ed25519 "));
}

TEST_CASE("K04: a host that shows another key than before is refused unless one does not care")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    server.make_key("other");
    server.remember_key("other");
    auto const changed = known_to(server);

    CHECK(visit(server, host_key_check::enforce, changed) == both(connect_failure::changed_host_key));
    CHECK(visit(server, host_key_check::accept, changed) == both(connect_failure::changed_host_key));
    CHECK(known_to(server) == changed);
    CHECK(visit(server, host_key_check::ignore, changed) == welcome);
    CHECK(known_to(server) == changed);
}

}  // namespace
