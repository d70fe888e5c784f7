#pragma once

/// @file
/// What a new context is told, and what it answers. Layer: remote (wire, rpc). Spec: docs/protocol.md "A new
/// context".

#include <tendril/rpc/log.hpp>
#include <tendril/rpc/router.hpp>

#include <chrono>
#include <string>
#include <tuple>
#include <vector>

namespace tendril::remote {

/// The first message a context gets. It passes on what holds for the whole tree.
struct welcome {
    rpc::context_id id = 0;
    std::vector<rpc::context_id> ancestors = {};  ///< nearest first
    std::string name = {};
    rpc::directions allowed = rpc::directions::up_and_down;
    std::uint64_t message_limit = 0;
    std::chrono::milliseconds silence_limit{0};
    rpc::log_level level = rpc::log_level::notice;  ///< records below it stay where they are
    std::uint32_t call_threads = 1;
    bool measures = false;  ///< and says at its end what it measured

    static constexpr auto wire_fields = std::tuple(
        &welcome::id, &welcome::ancestors, &welcome::name, &welcome::allowed, &welcome::message_limit,
        &welcome::silence_limit, &welcome::level, &welcome::call_threads, &welcome::measures);
};

/// Its answer: who it is.
struct introduction {
    std::string version = {};
    std::string host = {};
    std::string machine = {};  ///< `x86_64`
    std::int64_t process = 0;
    std::int64_t user = 0;

    static constexpr auto wire_fields =
        std::tuple(&introduction::version, &introduction::host, &introduction::machine,
                   &introduction::process, &introduction::user);
};

}  // namespace tendril::remote
