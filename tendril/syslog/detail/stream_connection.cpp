#include <tendril/syslog/detail/counted_stream.hpp>

namespace tendril::syslog::detail {

namespace {

class tcp_connection final : public counted_stream<asio::ip::tcp::socket> {
public:
    using counted_stream::counted_stream;

    asio::awaitable<error_code> open() override
    {
        auto const refused = co_await connect();
        if (!refused)
            watch();
        co_return refused;
    }
};

}  // namespace

std::shared_ptr<connection> make_stream_connection(io::executor on, endpoint const& to)
{
    return std::make_shared<tcp_connection>(on, to);
}

}  // namespace tendril::syslog::detail
