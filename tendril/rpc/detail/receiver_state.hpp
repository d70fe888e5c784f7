#pragma once

/// @file
/// What a receiver is made of. Layer: rpc. Design: docs/adr/0042-streams.md.

#include <tendril/rpc/detail/latch_state.hpp>
#include <tendril/rpc/receiver.hpp>

#include <map>

namespace tendril::rpc::detail {

/// A latch at a handle, with an account for each sender.
class receiver_state final : public latch_state<wire::message> {
public:
    receiver_state(router& via, receiver_options options);

    /// Takes the handle; false when it cannot be had.
    [[nodiscard]] bool open();

    /// Gives the handle back, drops what is in the queue, and tells whom it concerns.
    void close(std::string const& why);

    [[nodiscard]] wire::handle handle() const noexcept { return handle_; }
    [[nodiscard]] router& via() const noexcept { return *home_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return options_.capacity; }
    [[nodiscard]] home lives_at() const;

private:
    using sender_key = std::pair<context_id, wire::handle>;

    struct account {
        std::size_t queued = 0;  ///< in our queue
        std::size_t taken = 0;   ///< taken out of it since credit was given last
        bool is_refused = false;
    };

    template <typename What>
    void on_strand(What what) const;
    void on_taken(wire::message const& what) override;
    [[nodiscard]] std::vector<home> homes() const override { return {lives_at()}; }
    void on_message(wire::message what);
    [[nodiscard]] std::optional<std::string> accept(wire::message& what);
    [[nodiscard]] account* account_of(sender_key which);
    void give_credit(sender_key which, account& to);
    void dismiss(std::string_view why);
    void refuse(wire::message const& what, std::string_view why);

    router* home_;
    router* router_;  // null once it is closed
    receiver_options options_;
    wire::handle handle_ = 0;
    bool has_handle_ = false;  // touched on the strand only
    std::map<sender_key, account> accounts_;
    std::uint64_t refused_ = 0;
};

}  // namespace tendril::rpc::detail
