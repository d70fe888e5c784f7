#include <tendril/syslog/detail/connection.hpp>
#include <tendril/syslog/message.hpp>

#include <array>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace tendril::syslog::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

class tls_connection final : public connection, public std::enable_shared_from_this<tls_connection> {
public:
    tls_connection(io::executor on, endpoint to)
        : resolver_(on), context_(asio::ssl::context::tls_client), stream_(on, context_), to_(std::move(to))
    {
    }

    asio::awaitable<error_code> open() override
    {
        if (auto const refused = trust())
            co_return refused;
        auto const [why, found] = co_await resolver_.async_resolve(to_.host, to_.port, tuple);
        if (why)
            co_return why;
        auto& socket = stream_.next_layer();
        auto const [refused, daemon] = co_await asio::async_connect(socket, found, tuple);
        if (refused)
            co_return refused;
        auto const [distrusted] = co_await stream_.async_handshake(asio::ssl::stream_base::client, tuple);
        if (!distrusted)
            watch();
        co_return distrusted;
    }

    asio::awaitable<error_code> write(std::string message) override
    {
        auto const counted = octet_counted(message);
        auto const buffer = asio::buffer(counted);
        auto const [why, count] = co_await asio::async_write(stream_, buffer, tuple);
        co_return why;
    }

    [[nodiscard]] bool is_dead() const noexcept override { return is_dead_; }

    void close() noexcept override
    {
        error_code ignored;
        resolver_.cancel();
        stream_.next_layer().close(ignored);
    }

private:
    error_code trust()
    {
        error_code why;
        context_.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, why);
        if (to_.trusted_certificates.empty())
            context_.set_default_verify_paths(why);
        else
            context_.load_verify_file(to_.trusted_certificates, why);
        if (why)
            return why;
        // The stream took its settings when it was made; these are for it alone.
        ::SSL_set_tlsext_host_name(stream_.native_handle(), to_.host.c_str());
        stream_.set_verify_mode(asio::ssl::verify_peer, why);
        if (!why)
            stream_.set_verify_callback(asio::ssl::host_name_verification(to_.host), why);
        return why;
    }

    /// As for TCP; reading also takes what TLS itself sends.
    void watch()
    {
        stream_.async_read_some(asio::buffer(nothing_),
                                [self = shared_from_this()](error_code why, std::size_t) {
                                    if (why)
                                        self->is_dead_ = true;
                                    else
                                        self->watch();
                                });
    }

    asio::ip::tcp::resolver resolver_;
    asio::ssl::context context_;
    asio::ssl::stream<asio::ip::tcp::socket> stream_;
    endpoint to_;
    std::array<char, 64> nothing_{};
    bool is_dead_ = false;
};

}  // namespace

std::shared_ptr<connection> make_tls_connection(io::executor on, endpoint const& to)
{
    return std::make_shared<tls_connection>(on, to);
}

}  // namespace tendril::syslog::detail
