#include <tendril/remote/detail/greeting.hpp>
#include <tendril/rpc/outbox.hpp>
#include <tendril/wire/codec.hpp>

#include <array>
#include <chrono>
#include <optional>

#include <sys/socket.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::remote;

/// A socket whose other end says no more than it has said.
class silent_carrier final : public carrier {
public:
    explicit silent_carrier(io::executor const& on) : never_(on, asio::steady_timer::time_point::max())
    {
        std::array<int, 2> ends{};
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) == 0);
        stream_.emplace(on, base::unique_fd(ends[0]));
        other_ = base::unique_fd(ends[1]);
    }
    io::stream& stream() noexcept override { return *stream_; }
    asio::awaitable<connect_error> failure() override
    {
        co_await never_.async_wait(asio::use_awaitable);
        co_return connect_error{};
    }
    void also_tell(line_handler /*told*/) override {}
    std::string description() const override { return "silent"; }

private:
    std::optional<io::stream> stream_;
    base::unique_fd other_;
    asio::steady_timer never_;
};

TEST_CASE("K01: a context that introduced itself with its first bytes is not waited for any more")
{
    asio::io_context loop;
    rpc::router master(loop.get_executor(), {});
    auto way = std::make_shared<silent_carrier>(loop.get_executor());
    detail::greeting hello(master, {.id = 1, .ancestors = {0}});
    wire::frame_reader sent;
    std::vector<std::byte> early;
    static_cast<void>(
        sent.feed(hello.bytes(), [&](wire::frame_header const& asked, base::byte_view /*piece*/) {
            rpc::outbox answers;
            answers.push({.dst = 0,
                          .src = 1,
                          .auth = 1,
                          .handle = asked.reply_to,
                          .data = wire::pack(introduction{.host = "there"})},
                         0);
            std::array<base::byte_view, 1> views;
            REQUIRE(answers.gather(views) == 1);
            early.assign(views[0].begin(), views[0].end());
        }));
    std::optional<std::expected<introduction, connect_error>> heard;

    asio::co_spawn(loop, hello.run(way, early, true, std::chrono::hours(1)),
                   [&](std::exception_ptr thrown, auto result) {
                       CHECK_FALSE(thrown);
                       heard = std::move(result);
                   });
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!heard && std::chrono::steady_clock::now() < deadline)
        loop.run_one_for(std::chrono::milliseconds(100));

    REQUIRE(heard.has_value());
    REQUIRE(heard->has_value());
    CHECK((*heard)->host == "there");
    master.close("the test is over");
    loop.run();
}

}  // namespace
