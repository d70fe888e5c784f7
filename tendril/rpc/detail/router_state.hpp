#pragma once

/// @file
/// What a router is made of. Layer: rpc.

#include <tendril/rpc/detail/given_numbers.hpp>
#include <tendril/rpc/log_budget.hpp>
#include <tendril/rpc/router.hpp>
#include <tendril/wire/assembler.hpp>

#include <deque>
#include <map>
#include <set>
#include <unordered_map>

#include <boost/asio/steady_timer.hpp>

namespace tendril::rpc {

struct router::state : std::enable_shared_from_this<state> {
public:
    state(io::executor on, identity self, router_options options);

    /// Takes up the protocol's own handles; needs shared_from_this().
    void begin();

    std::map<std::type_index, void*> provided;

    /// Closes all links, silently.
    void end();

    [[nodiscard]] identity const& self() const noexcept { return judge_.self(); }
    [[nodiscard]] router_options const& options() const noexcept { return options_; }
    [[nodiscard]] io::executor const& get_executor() const noexcept { return on_; }
    [[nodiscard]] handle_table& handles() noexcept { return handles_; }

    std::optional<link_id> add_link(std::unique_ptr<duplex> stream, context_id neighbour, relation where,
                                    base::byte_view early);
    void drop_link(context_id neighbour, std::string_view why);
    void send(wire::message what);
    [[nodiscard]] std::uint64_t on_loss(loss_handler told);
    void forget_loss(std::uint64_t registration) noexcept;
    void take_id(std::function<void(std::expected<context_id, std::string>)> taken);
    [[nodiscard]] bool knows(context_id id) const noexcept;
    [[nodiscard]] std::vector<context_id> children() const;
    [[nodiscard]] std::optional<link_counters> counters(context_id neighbour) const;
    [[nodiscard]] std::vector<std::pair<context_id, link_counters>> all_counters() const;
    void close(std::string_view why);
    void log(log_level level, std::string_view source, std::string text,
             std::optional<context_id> of = std::nullopt);

private:
    using link_pointer = std::shared_ptr<link>;

    // Frames (router_state.cpp).
    void on_frame(link_id from, wire::frame_header const& header, base::byte_view piece);
    void relay(link_id from, link_id to, wire::frame_header const& header, base::byte_view piece);
    void take_in(link& from, wire::frame_header const& header, base::byte_view piece);
    void deliver(wire::message what, context_id neighbour);
    void deliver_later(wire::message what);
    void refuse(wire::frame_header const& header, std::string_view why, log_level level = log_level::debug);
    void on_room(link_id at);
    [[nodiscard]] link* find_link(link_id which) const;
    [[nodiscard]] link* find_neighbour(context_id neighbour) const;

    // Who comes and goes (router_routes.cpp).
    void handle(wire::handle which, policy admits, void (state::*method)(wire::message const&));
    void on_route_added(wire::message const& what);
    void on_route_lost(wire::message const& what);
    void on_ids_asked(wire::message const& what);
    [[nodiscard]] bool may_lead_to(context_id id, link_id from) const;
    [[nodiscard]] std::optional<id_block> give_block(link_id to);
    void on_ids(std::expected<id_block, std::string> block);
    void announce(context_id id);
    void on_link_lost(link_id which, std::string const& why);
    void tell_lost(withdrawal const& gone, std::string const& why);
    void forget(context_id lost, std::string const& why);
    void watch();
    void look_round();

    io::executor on_;
    router_options options_;
    routes routes_;
    forwarding judge_;
    handle_table handles_;
    wire::assembler assembler_;
    std::map<link_id, link_pointer> links_;
    std::optional<link_id> above_;
    link_id next_link_ = 1;
    std::uint32_t next_number_ = 0;
    std::unordered_map<link_id, std::set<link_id>> waiting_;  // for room in a link: those that are paused
    std::map<std::uint64_t, loss_handler> loss_handlers_;
    std::uint64_t next_registration_ = 1;
    id_source source_;             // used by the master
    detail::given_numbers given_;  // so is this
    detail::route_shares shares_;
    id_pool pool_;
    std::deque<std::function<void(std::expected<context_id, std::string>)>> id_waiters_;
    asio::steady_timer look_;
    std::uint64_t dropped_ = 0;
    std::uint64_t disbelieved_ = 0;
    std::deque<std::pair<context_id, link_counters>> ended_links_;
    log_budget offences_;  // refusals of what somebody may not do
    bool is_ended_ = false;
};

}  // namespace tendril::rpc
