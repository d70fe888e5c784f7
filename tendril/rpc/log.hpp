#pragma once

/// @file
/// What a context has to say about itself. Layer: rpc (wire). Parity row R18.

#include <tendril/rpc/identity.hpp>
#include <tendril/wire/packer.hpp>

#include <functional>
#include <string>
#include <tuple>

namespace tendril::rpc {

/// How much a record matters.
enum class log_level : std::uint8_t { trace, debug, notice, warning, error };

/// One record. Its text never holds what is secret: keys, passwords, data of messages.
struct log_record {
    log_level level = log_level::notice;
    context_id context = 0;  ///< who says it
    std::string source;      ///< what part of it: `router`, `stdout`, `stderr`, or the user's own
    std::string text;        ///< one line
    wire::timestamp when = {};

    static constexpr auto wire_fields = std::tuple(&log_record::level, &log_record::context,
                                                   &log_record::source, &log_record::text, &log_record::when);
};

/// Where records go. It must not throw, nor call back into the router.
using log_sink = std::function<void(log_record const&)>;

}  // namespace tendril::rpc
