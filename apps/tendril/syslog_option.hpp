#pragma once

/// @file
/// What --syslog names. Layer: apps.

#include <tendril/base/error.hpp>
#include <tendril/syslog/endpoint.hpp>
#include <tendril/syslog/message.hpp>

#include <string>

namespace tendril::app {

/// A daemon, and how we call ourselves.
struct syslog_plan {
    syslog::endpoint to;
    syslog::identity who;
};

/// Reads an ADDRESS and the name of a facility; lines are those of whoever runs us. Errors: invalid_argument.
[[nodiscard]] result<syslog_plan> parse_syslog(std::string const& address, std::string const& facility);

}  // namespace tendril::app
