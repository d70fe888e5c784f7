#pragma once

/// @file
/// Where a syslog daemon is. Pure. Layer: syslog (base). Spec: RFC 5426, RFC 6587, RFC 5425 (ports).

#include <tendril/base/error.hpp>

#include <string>
#include <string_view>

namespace tendril::syslog {

enum class transport {
    local,  ///< a datagram socket of this machine, RFC 3164
    udp,    ///< RFC 5426: a message a datagram; lost ones are not known
    tcp,    ///< RFC 6587: octet counting
    tls,    ///< RFC 5425
};

/// A daemon.
struct endpoint {
    transport by = transport::local;
    std::string host = "/dev/log";  ///< a path for transport::local
    std::string port;

    /// For tls: a file of certificates to trust; empty is the system's. The daemon's name is always checked.
    std::string trusted_certificates;
};

/// Reads `local`, `local:/PATH`, `udp://HOST[:PORT]`, `tcp://HOST[:PORT]`, `tls://HOST[:PORT]`; an IPv6
/// address stands in brackets. Ports are 514, 601 and 6514 unless given. Errors: invalid_argument.
[[nodiscard]] result<endpoint> parse_endpoint(std::string_view text);

}  // namespace tendril::syslog
