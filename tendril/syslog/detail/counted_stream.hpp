#pragma once

/// @file
/// What TCP and TLS share: connecting, messages by octet count, and noticing that the daemon has gone.
/// Layer: syslog (base, io). Spec: RFC 6587 section 3.4.1; RFC 5425 section 4.3.

#include <tendril/syslog/detail/connection.hpp>
#include <tendril/syslog/message.hpp>

#include <array>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace tendril::syslog::detail {

inline constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);

/// A connection over @p Stream, which is a TCP socket or stands on one.
template <typename Stream>
class counted_stream : public connection, public std::enable_shared_from_this<counted_stream<Stream>> {
public:
    template <typename... More>
    counted_stream(io::executor on, endpoint to, More&... more)
        : to_(std::move(to)), stream_(on, more...), resolver_(on)
    {
    }

    asio::awaitable<error_code> write(std::string message) override
    {
        auto const counted = octet_counted(message);
        auto const buffer = asio::buffer(counted);
        auto const [why, count] = co_await asio::async_write(stream_, buffer, as_tuple);
        co_return why;
    }

    [[nodiscard]] bool is_dead() const noexcept override { return is_dead_; }

    void close() noexcept override
    {
        error_code ignored;  // Linux releases the descriptor whatever close(2) says
        resolver_.cancel();
        stream_.lowest_layer().close(ignored);
    }

protected:
    asio::awaitable<error_code> connect()
    {
        auto const [why, found] = co_await resolver_.async_resolve(to_.host, to_.port, as_tuple);
        if (why)
            co_return why;
        auto& socket = stream_.lowest_layer();
        auto const [refused, daemon] = co_await asio::async_connect(socket, found, as_tuple);
        co_return refused;
    }

    /// A daemon says nothing: what can be read is its end, which a write would learn one message too late, or
    /// what TLS itself sends.
    void watch()
    {
        stream_.async_read_some(asio::buffer(nothing_),
                                [self = this->shared_from_this()](error_code why, std::size_t) {
                                    if (why)
                                        self->is_dead_ = true;
                                    else
                                        self->watch();
                                });
    }

    endpoint to_;
    Stream stream_;

private:
    asio::ip::tcp::resolver resolver_;
    std::array<char, 64> nothing_{};
    bool is_dead_ = false;
};

}  // namespace tendril::syslog::detail
