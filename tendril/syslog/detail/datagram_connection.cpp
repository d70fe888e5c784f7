#include <tendril/syslog/detail/connection.hpp>

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::syslog::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

class local_connection final : public connection {
public:
    local_connection(io::executor on, std::string path) : socket_(on), path_(std::move(path)) {}

    asio::awaitable<error_code> open() override
    {
        error_code why;
        asio::local::datagram_protocol::endpoint const daemon(path_);
        socket_.connect(daemon, why);  // of this machine: at once or not at all
        co_return why;
    }

    asio::awaitable<error_code> write(std::string message) override
    {
        auto const buffer = asio::buffer(message);
        auto const [why, count] = co_await socket_.async_send(buffer, tuple);
        co_return why;
    }

    void close() noexcept override
    {
        error_code ignored;
        socket_.close(ignored);
    }

private:
    asio::local::datagram_protocol::socket socket_;
    std::string path_;
};

class udp_connection final : public connection {
public:
    udp_connection(io::executor on, endpoint to) : resolver_(on), socket_(on), to_(std::move(to)) {}

    asio::awaitable<error_code> open() override
    {
        auto const [why, found] = co_await resolver_.async_resolve(to_.host, to_.port, tuple);
        if (why)
            co_return why;
        error_code refused;
        auto const daemon = found.begin()->endpoint();
        socket_.open(daemon.protocol(), refused);
        if (!refused)
            socket_.connect(daemon, refused);
        co_return refused;
    }

    asio::awaitable<error_code> write(std::string message) override
    {
        auto const buffer = asio::buffer(message);
        auto const [why, count] = co_await socket_.async_send(buffer, tuple);
        co_return why;
    }

    void close() noexcept override
    {
        error_code ignored;
        resolver_.cancel();
        socket_.close(ignored);
    }

private:
    asio::ip::udp::resolver resolver_;
    asio::ip::udp::socket socket_;
    endpoint to_;
};

}  // namespace

std::shared_ptr<connection> make_datagram_connection(io::executor on, endpoint const& to)
{
    if (to.by == transport::local)
        return std::make_shared<local_connection>(on, to.host);
    return std::make_shared<udp_connection>(on, to);
}

}  // namespace tendril::syslog::detail
