#pragma once

/// @file
/// What this process says of itself. Layer: syslog (base). Spec: RFC 5424, HOSTNAME and PROCID;
/// gethostname(2).

#include <tendril/syslog/message.hpp>

namespace tendril::syslog {

/// An identity with the name of this machine and the number of this process.
[[nodiscard]] identity identity_of_this_process(facility from);

}  // namespace tendril::syslog
