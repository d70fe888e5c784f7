#include <tendril/syslog/detail/counted_stream.hpp>

#include <boost/asio/ssl.hpp>

namespace tendril::syslog::detail {

namespace {

/// A base, because a stream takes its context when it is made.
struct tls_context {
    asio::ssl::context context{asio::ssl::context::tls_client};
};

class tls_connection final : private tls_context,
                             public counted_stream<asio::ssl::stream<asio::ip::tcp::socket>> {
public:
    tls_connection(io::executor on, endpoint to) : counted_stream(std::move(on), std::move(to), context) {}

    asio::awaitable<error_code> open() override
    {
        if (auto const refused = trust())
            co_return refused;
        if (auto const refused = co_await connect())
            co_return refused;
        auto const [distrusted] = co_await stream_.async_handshake(asio::ssl::stream_base::client, as_tuple);
        if (!distrusted)
            watch();
        co_return distrusted;
    }

private:
    error_code trust()
    {
        error_code why;
        if (to_.trusted_certificates.empty())
            context.set_default_verify_paths(why);
        else
            context.load_verify_file(to_.trusted_certificates, why);
        if (why)
            return why;
        // On the stream, which took the context's options when it was made.
        auto* const stream = stream_.native_handle();
        if (::SSL_set_min_proto_version(stream, TLS1_2_VERSION) != 1 ||
            ::SSL_set_tlsext_host_name(stream, to_.host.c_str()) != 1)
            return {static_cast<int>(::ERR_get_error()), asio::error::get_ssl_category()};
        stream_.set_verify_mode(asio::ssl::verify_peer, why);
        if (!why)
            stream_.set_verify_callback(asio::ssl::host_name_verification(to_.host), why);
        return why;
    }
};

}  // namespace

std::shared_ptr<connection> make_tls_connection(io::executor on, endpoint const& to)
{
    return std::make_shared<tls_connection>(on, to);
}

}  // namespace tendril::syslog::detail
