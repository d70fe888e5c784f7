#pragma once

/// @file
/// What a node is made of. Layer: remote.

#include <tendril/remote/detail/open_contexts.hpp>
#include <tendril/remote/node.hpp>
#include <tendril/remote/seed.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace tendril::remote {

struct node::state : std::enable_shared_from_this<state> {
    using shared_level = std::shared_ptr<std::atomic<rpc::log_level>>;

    state(io::executor on, node_options given, shared_level level);

    [[nodiscard]] asio::awaitable<new_context> make_local(context_options how);
    [[nodiscard]] asio::awaitable<new_context> make_fork(context_options how);
    [[nodiscard]] asio::awaitable<new_context> make(way_in in, context_options how);
    [[nodiscard]] asio::awaitable<void> end(rpc::context_id child, std::chrono::milliseconds grace);
    [[nodiscard]] asio::awaitable<void> end_all(std::chrono::milliseconds grace);
    [[nodiscard]] line_handler lines_of(rpc::context_id who);
    void take_record(wire::message const& what);
    void on_loss(rpc::context_id lost);

    // What is logged and measured (node_records.cpp).
    void take_handles();
    void set_level(rpc::log_level level);
    void send_level(rpc::context_id child);
    void take_level(wire::message const& what);
    void take_profile(wire::message const& what);
    void note(rpc::call_times const& call);
    [[nodiscard]] context_profile profile() const;

    // Contexts that others make for us (node_chains.cpp).
    [[nodiscard]] asio::awaitable<new_context> make_planned(way_plan plan, context_options how);
    [[nodiscard]] asio::awaitable<new_context> make_from(rpc::context from, way_plan plan,
                                                         context_options how);
    [[nodiscard]] asio::awaitable<new_context> open(std::string name, open_options how);

    io::executor on_;
    node_options options_;
    rpc::router router_;
    std::optional<rpc::call_service> calls_;
    std::map<rpc::context_id, introduction> introduced_;
    std::map<rpc::context_id, rpc::context> makers_;  // of those contexts that another one made for us
    detail::open_contexts opened_;
    std::unique_ptr<seed> seed_;  // from the first fork on
    shared_level level_;          // shared with the filter before the sink
    rpc::call_counters counted_;  // when calls are served no more
    std::map<std::string, function_profile, std::less<>> functions_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();

private:
    using carrier_made = std::expected<std::unique_ptr<carrier>, connect_error>;
    using hops = std::shared_ptr<std::vector<hop> const>;
    [[nodiscard]] carrier_made fork_from_seed(std::string const& name, line_handler on_line);
    [[nodiscard]] asio::awaitable<new_context> greet(welcome words, context_options how, carrier_made way);
    [[nodiscard]] welcome words_for(rpc::context_id child, context_options const& how) const;
    /// @p told is the level that the context began with.
    [[nodiscard]] new_context settle(rpc::context_id id, rpc::log_level told,
                                     std::expected<introduction, connect_error> heard);
    [[nodiscard]] std::expected<std::shared_ptr<image_store const>, connect_error> images();
    [[nodiscard]] asio::awaitable<new_context> open_first(hops way, std::size_t count, open_options how);
    [[nodiscard]] asio::awaitable<new_context> make_last(hops way, std::size_t count, open_options how);
};

}  // namespace tendril::remote
