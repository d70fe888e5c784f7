#include <tendril/remote/testing/far_end.hpp>
#include <tendril/remote/testing/ssh_server.hpp>

namespace {

using namespace tendril;
using namespace tendril::remote;
using namespace tendril::remote::testing;

visit must_log_in(asio::io_context& loop, ssh_options how)
{
    auto got =
        run(loop, bootstrap(loop.get_executor(), ssh(std::move(how)), store(), asking("first words\n")));
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    return {loop, std::move(*got)};
}

TEST_CASE("K01: a real sshd leads to the program, sent at the first visit and found at the second")
{
    auto const& accounts = shared_accounts();
    if (lacks(accounts))
        return;
    ssh_server const server(accounts);
    asio::io_context loop;
    auto first = must_log_in(loop, server.with_key());
    CHECK(first.image_bytes() > 0);
    CHECK(first.said("words\n") == "tendril:web1 echo\nfirst words\n");

    auto second = must_log_in(loop, server.with_password());
    CHECK(second.image_bytes() == 0);
    CHECK(second.said("words\n") == "tendril:web1 echo\nfirst words\n");
    CHECK(std::filesystem::exists(server.home() + "/.cache/tendril/" + store()->hashes().at("x86_64")));
}

}  // namespace
