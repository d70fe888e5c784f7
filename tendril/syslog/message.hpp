#pragma once

/// @file
/// One line as a syslog message. Pure. Layer: syslog (base). Spec: RFC 5424 section 6, RFC 3164 section 4.1,
/// RFC 6587 section 3.4.1.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendril::syslog {

/// RFC 5424, table 1.
enum class facility : std::uint8_t {
    kern,
    user,
    mail,
    daemon,
    auth,
    syslog,
    lpr,
    news,
    uucp,
    cron,
    authpriv,
    ftp,
    local0 = 16,
    local1,
    local2,
    local3,
    local4,
    local5,
    local6,
    local7,
};

/// The facility that @p name names, as syslog.conf(5) does; none when there is no such.
[[nodiscard]] std::optional<facility> parse_facility(std::string_view name) noexcept;

/// RFC 5424, table 2.
enum class severity : std::uint8_t { emergency, alert, critical, error, warning, notice, info, debug };

/// What every message of one sender says about itself.
struct identity {
    facility from = facility::daemon;
    std::string host;                 ///< of this machine; empty is "-"
    std::string program = "tendril";  ///< APP-NAME
    std::uint32_t process = 0;        ///< PROCID; 0 is "-"
    std::string user;                 ///< whose terminal it is
    std::string terminal;             ///< which of them
};

using date = std::chrono::sys_time<std::chrono::microseconds>;

/// "user terminal: line" as RFC 5424 with the structured data `tendril@32473 user= terminal=`. What may not
/// stand in a field of the header becomes `?`.
[[nodiscard]] std::string to_rfc5424(identity const& who, severity how, date when, std::string_view line);

/// The same as RFC 3164, for the socket of this machine, where the daemon adds the host. Times are UTC.
[[nodiscard]] std::string to_rfc3164(identity const& who, severity how, date when, std::string_view line);

/// @p message with its length before it, for a stream.
[[nodiscard]] std::string octet_counted(std::string_view message);

}  // namespace tendril::syslog
