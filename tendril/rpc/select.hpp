#pragma once

/// @file
/// Waiting for the first of many: receivers, latches, channels, and other selects. Layer: rpc (base, wire,
/// io). Design: docs/adr/0042-streams.md; parity row R12.

#include <tendril/rpc/detail/blocking_range.hpp>
#include <tendril/rpc/detail/select_state.hpp>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <expected>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::rpc {

/// What can be in a select.
template <typename T>
concept selectable = requires(T const& from) {
    { from.source() } -> std::convertible_to<std::shared_ptr<detail::select_source>>;
};

/// What a select gives: a value or the end of a source, and which one.
class selected {
public:
    selected(detail::picked what) : what_(std::move(what)) {}

    /// True when it came from @p source; the innermost, where selects lie within selects.
    template <selectable Source>
    [[nodiscard]] bool is_from(Source const& source) const noexcept
    {
        return what_.source == source.source().get();
    }

    /// Why the source gives nothing any more; nothing while it does. It has left the select.
    [[nodiscard]] std::optional<channel_error> end() const
    {
        return what_.value == nullptr ? std::optional(what_.end) : std::nullopt;
    }

    /// The value: of a latch<T> a T, of a receiver or channel a wire::message.
    /// Errors: std::bad_cast for another type, and for an end.
    template <typename T>
    [[nodiscard]] T& value() const
    {
        if (what_.value == nullptr || *what_.type != typeid(T))
            throw std::bad_cast();
        return *static_cast<T*>(what_.value.get());
    }

private:
    detail::picked what_;
};

/// When a source leaves a select.
enum class leaving : std::uint8_t {
    after_one,   ///< once it gave one value, or ended
    at_its_end,  ///< once it ended
};

/// Gives what comes from any of its sources, in the order of arrival.
///
/// Ownership: the sources stay their owners'; one that is destroyed leaves it. The destructor lets all go.
/// Threads:   any.
/// Lifetime:  a source is in one select at a time.
class select {
public:
    using timeout = std::optional<std::chrono::milliseconds>;  ///< nothing: for ever

    explicit select(leaving when = leaving::after_one)
        : state_(std::make_shared<detail::select_state>(when == leaving::after_one))
    {
    }

    /// Errors: std::invalid_argument where add() refuses.
    template <selectable... Sources>
        requires(sizeof...(Sources) > 0)
    explicit select(leaving when, Sources const&... sources) : select(when)
    {
        for (auto const& each : {state_->add(sources.source())...})
            if (!each)
                throw std::invalid_argument(each.error().reason);
    }

    select(select const&) = delete;
    select& operator=(select const&) = delete;
    ~select()
    {
        state_->leave();
        close("the select is gone");
    }

    /// What @p source has already counts as having just arrived.
    /// Errors: refused, when it is in a select, or would be in itself; closed.
    template <selectable Source>
    [[nodiscard]] std::expected<void, channel_error> add(Source const& source)
    {
        return state_->add(source.source());
    }

    /// Lets @p source go. Nothing happens when it is not here.
    template <selectable Source>
    void remove(Source const& source)
    {
        state_->remove(*source.source());
    }

    /// Takes what arrived first, and sleeps until something does.
    /// Errors: timed_out; closed, also when nothing is left to wait for; wrong_thread where a source lives.
    [[nodiscard]] std::expected<selected, channel_error> get(timeout within = std::nullopt);

    /// Takes what arrived first. Errors: would_block; closed.
    [[nodiscard]] std::expected<selected, channel_error> try_get();

    /// Completes with what arrived first. @p on runs one completion at a time.
    ///
    /// Errors:  as get(), without wrong_thread. Cancels: terminal, partial, total; nothing is taken then.
    template <
        asio::completion_token_for<void(std::expected<selected, channel_error>)> Token = asio::deferred_t>
    auto async_get(io::executor on, timeout within = std::nullopt, Token&& token = {})
    {
        return asio::async_initiate<Token, void(std::expected<selected, channel_error>)>(
            [](auto handler, std::shared_ptr<detail::select_state> from, io::executor where, timeout until) {
                start_get(std::move(from), std::move(where), until, std::move(handler));
            },
            token, state_, std::move(on), within);
    }

    /// Ends it for who waits; the sources stay as they are.
    void close(std::string reason = "it was closed") { state_->close(std::move(reason)); }

    /// True when get() would have to wait.
    [[nodiscard]] bool empty() const { return state_->is_empty(); }

    /// True while any source is left; an empty select within it is none.
    [[nodiscard]] explicit operator bool() const { return state_->has_any_left(); }

    /// Takes until nothing is left: ends at the first error of get(), which sleeps.
    [[nodiscard]] auto begin() { return detail::blocking_iterator<select, selected>(*this); }
    [[nodiscard]] static std::default_sentinel_t end() noexcept { return {}; }

    /// What an outer select waits for.
    [[nodiscard]] std::shared_ptr<detail::select_source> source() const noexcept { return state_; }

private:
    static void start_get(std::shared_ptr<detail::select_state> from, io::executor on, timeout within,
                          asio::any_completion_handler<void(std::expected<selected, channel_error>)> handler);

    std::shared_ptr<detail::select_state> state_;
};

/// One value of each of @p sources, in the order of arrival; an end counts as one. Sleeps.
/// Errors: as select::add() and select::get(); what has come until then is lost.
template <typename Sources>
    requires selectable<typename Sources::value_type>
[[nodiscard]] std::expected<std::vector<selected>, channel_error> all(Sources const& sources,
                                                                      select::timeout within = std::nullopt)
{
    select each_once;
    for (auto const& source : sources)
        if (auto const added = each_once.add(source); !added)
            return std::unexpected(added.error());
    auto const until = detail::deadline_after(within);
    std::vector<selected> given;
    while (each_once) {
        auto next = each_once.get(detail::rest_until(until));
        if (!next)
            return std::unexpected(next.error());
        given.push_back(std::move(*next));
    }
    return given;
}

}  // namespace tendril::rpc
