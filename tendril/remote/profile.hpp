#pragma once

/// @file
/// What a context counted and measured of itself, told when it ends. Layer: remote (base, wire, rpc).
/// Spec: docs/protocol.md "The end of a context"; parity row R21.

#include <tendril/base/error.hpp>
#include <tendril/rpc/call_service.hpp>
#include <tendril/rpc/link.hpp>

#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace tendril::remote {

/// The link to a neighbour that is still there at the end.
struct link_profile {
    rpc::context_id neighbour = 0;
    std::uint64_t frames_in = 0;
    std::uint64_t frames_out = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t pauses = 0;                        ///< how often reading waited for room elsewhere
    std::uint64_t most_queued_bytes = 0;             ///< the longest its queue ever was
    std::chrono::nanoseconds queue_time{0};          ///< in which something waited to be written
    std::chrono::nanoseconds longest_queue_time{0};  ///< without a pause in between

    static constexpr auto wire_fields = std::tuple(
        &link_profile::neighbour, &link_profile::frames_in, &link_profile::frames_out,
        &link_profile::bytes_in, &link_profile::bytes_out, &link_profile::pauses,
        &link_profile::most_queued_bytes, &link_profile::queue_time, &link_profile::longest_queue_time);
};

/// A function that was called there.
struct function_profile {
    std::uint64_t calls = 0;
    std::uint64_t failed = 0;
    std::chrono::nanoseconds wait_time{0};  ///< between arrival and begin, of all calls
    std::chrono::nanoseconds longest_wait{0};
    std::chrono::nanoseconds run_time{0};  ///< of all calls; of awaitables, what they waited for too
    std::chrono::nanoseconds longest_run{0};

    static constexpr auto wire_fields = std::tuple(
        &function_profile::calls, &function_profile::failed, &function_profile::wait_time,
        &function_profile::longest_wait, &function_profile::run_time, &function_profile::longest_run);
};

/// All of it.
struct context_profile {
    rpc::context_id id = 0;
    std::vector<rpc::context_id> ancestors = {};
    std::string name = {};
    std::int64_t process = 0;
    std::chrono::nanoseconds lifetime{0};
    std::chrono::nanoseconds user_time{0};    ///< of the processor
    std::chrono::nanoseconds system_time{0};  ///< likewise
    std::uint64_t most_calls_waiting = 0;
    std::vector<link_profile> links = {};
    std::map<std::string, function_profile> functions = {};

    static constexpr auto wire_fields = std::tuple(
        &context_profile::id, &context_profile::ancestors, &context_profile::name, &context_profile::process,
        &context_profile::lifetime, &context_profile::user_time, &context_profile::system_time,
        &context_profile::most_calls_waiting, &context_profile::links, &context_profile::functions);
};

/// One JSON object, a line a part. Times are in microseconds.
[[nodiscard]] std::string to_json(context_profile const& profile);

/// Writes it as `context-ID.json` into @p folder, in place of what is there. Errors: of open(2) and write(2).
[[nodiscard]] result<void> write_profile(std::string const& folder, context_profile const& profile);

}  // namespace tendril::remote
