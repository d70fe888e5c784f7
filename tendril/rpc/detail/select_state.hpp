#pragma once

/// @file
/// What a select is made of. Layer: rpc. Design: docs/adr/0042-streams.md.

#include <tendril/rpc/detail/select_source.hpp>
#include <tendril/rpc/detail/waiting.hpp>

#include <deque>
#include <unordered_map>
#include <vector>

namespace tendril::rpc::detail {

/// Arrivals at sources, in their order. It is a source itself.
class select_state final : public select_source, public waitable<picked> {
public:
    explicit select_state(bool is_oneshot) noexcept : is_oneshot_(is_oneshot) {}

    /// Errors: refused, when @p source is in a select, or would be in itself.
    [[nodiscard]] std::expected<void, channel_error> add(std::shared_ptr<select_source> const& source);
    void remove(select_source& source);

    /// Lets all sources go, and gives nothing any more.
    void close(std::string reason);

    [[nodiscard]] bool is_empty() const;
    [[nodiscard]] bool has_any_left() const;

    /// True in a thread that runs what one of the sources lives on.
    [[nodiscard]] bool would_wait_at_home() const;

    // waitable
    [[nodiscard]] std::optional<std::expected<picked, channel_error>> attempt() override;
    [[nodiscard]] event_count& changes() noexcept override { return changes_; }

    // select_source
    [[nodiscard]] std::optional<picked> pick() override;

protected:
    [[nodiscard]] std::size_t ready() const override;
    [[nodiscard]] std::size_t weight() const override { return weight_; }
    [[nodiscard]] std::vector<home> homes() const override { return homes_; }

private:
    friend class select_source;

    /// What it notes of a source.
    struct member {
        std::shared_ptr<select_source> source;
        std::size_t weight = 1;  // as its source said last
    };

    void on_arrival(select_source& from);
    void on_change_of(select_source const& from);
    void tell_change();
    void drop(select_source& source);
    [[nodiscard]] std::optional<picked> take_next();

    bool const is_oneshot_;
    std::mutex picking_;  // one at a time, so that a source gives once where it may give once
    std::unordered_map<select_source const*, member> members_;
    std::deque<select_source*> arrivals_;
    std::size_t weight_ = 0;
    std::vector<home> homes_;  // of all that were ever in it
    std::optional<channel_error> closed_;
};

}  // namespace tendril::rpc::detail
