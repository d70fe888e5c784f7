#include <tendril/syslog/detail/connection.hpp>
#include <tendril/syslog/message.hpp>

#include <array>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace tendril::syslog::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

class tcp_connection final : public connection, public std::enable_shared_from_this<tcp_connection> {
public:
    tcp_connection(io::executor on, endpoint to) : resolver_(on), socket_(on), to_(std::move(to)) {}

    asio::awaitable<error_code> open() override
    {
        auto const [why, found] = co_await resolver_.async_resolve(to_.host, to_.port, tuple);
        if (why)
            co_return why;
        auto const [refused, daemon] = co_await asio::async_connect(socket_, found, tuple);
        if (!refused)
            watch();
        co_return refused;
    }

    asio::awaitable<error_code> write(std::string message) override
    {
        auto const counted = octet_counted(message);
        auto const buffer = asio::buffer(counted);
        auto const [why, count] = co_await asio::async_write(socket_, buffer, tuple);
        co_return why;
    }

    [[nodiscard]] bool is_dead() const noexcept override { return is_dead_; }

    void close() noexcept override
    {
        error_code ignored;
        resolver_.cancel();
        socket_.close(ignored);
    }

private:
    /// A daemon says nothing: what can be read is its end, which a write would learn one message too late.
    void watch()
    {
        socket_.async_read_some(asio::buffer(nothing_),
                                [self = shared_from_this()](error_code why, std::size_t) {
                                    if (why)
                                        self->is_dead_ = true;
                                    else
                                        self->watch();
                                });
    }

    asio::ip::tcp::resolver resolver_;
    asio::ip::tcp::socket socket_;
    endpoint to_;
    std::array<char, 64> nothing_{};
    bool is_dead_ = false;
};

}  // namespace

std::shared_ptr<connection> make_stream_connection(io::executor on, endpoint const& to)
{
    return std::make_shared<tcp_connection>(on, to);
}

}  // namespace tendril::syslog::detail
