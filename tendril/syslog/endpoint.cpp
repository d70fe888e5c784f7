#include <tendril/syslog/endpoint.hpp>

#include <array>
#include <utility>

#include <boost/system/errc.hpp>

namespace tendril::syslog {

result<endpoint> parse_endpoint(std::string_view text)
{
    auto const refuse = [&] {
        return failure(make_error_code(boost::system::errc::invalid_argument),
                       "send to '" + std::string(text) + "' (local, udp://HOST, tcp://HOST or tls://HOST)");
    };
    if (text == "local")
        return endpoint{};
    if (text.starts_with("local:/"))
        return endpoint{transport::local, std::string(text.substr(6)), {}, {}};
    struct kind {
        std::string_view prefix;
        transport by;
        std::string_view port;
    };
    constexpr std::array<kind, 3> kinds{{{"udp://", transport::udp, "514"},
                                         {"tcp://", transport::tcp, "601"},
                                         {"tls://", transport::tls, "6514"}}};
    for (auto const& each : kinds) {
        if (!text.starts_with(each.prefix))
            continue;
        auto rest = text.substr(each.prefix.size());
        std::string_view host;
        if (rest.starts_with('[')) {
            auto const end = rest.find(']');
            if (end == rest.npos)
                return refuse();
            host = rest.substr(1, end - 1);
            rest.remove_prefix(end + 1);
        } else {
            host = rest.substr(0, rest.find(':'));
            rest.remove_prefix(host.size());
        }
        if (host.empty() || (!rest.empty() && (rest[0] != ':' || rest.size() < 2)))
            return refuse();
        return endpoint{
            each.by, std::string(host), std::string(rest.empty() ? each.port : rest.substr(1)), {}};
    }
    return refuse();
}

}  // namespace tendril::syslog
