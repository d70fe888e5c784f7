#pragma once

/// @file
/// A call whose answer is on its way: wait for it, be told, or await it. Layer: rpc (base, wire, io). Design:
/// docs/adr/0043-calls.md; parity rows R07 and R08.

#include <tendril/io/executor.hpp>
#include <tendril/rpc/call_error.hpp>
#include <tendril/rpc/detail/select_source.hpp>
#include <tendril/rpc/router_scope.hpp>
#include <tendril/wire/codec.hpp>

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/dispatch.hpp>

namespace tendril::rpc {

class router;

namespace detail {

/// The value of an answer, within the message that brought it.
struct answer_bytes {
    wire::byte_buffer message;
    std::size_t value_at = 0;
};

/// An answer, or why there is none. Shared: it is read where it lies, as often as somebody asks.
using call_outcome = std::shared_ptr<std::expected<answer_bytes, call_error> const>;
using outcome_handler = asio::any_completion_handler<void(call_outcome)>;

/// What a pending call and the handle for its answer share.
class call_state;

/// Sends a call to @p dst, handle @p at; @p request is what docs/protocol.md says. Threads: as the router's
/// options say.
[[nodiscard]] std::shared_ptr<call_state> start_call(router& via, context_id dst, wire::byte_buffer request,
                                                     wire::handle at);

/// Sends one that nobody waits for.
void start_call_without_answer(router& via, context_id dst, wire::byte_buffer request, wire::handle at);

/// Waits at most @p timeout; forever without one. Errors: timed_out.
[[nodiscard]] call_outcome wait_for(call_state& call, std::optional<std::chrono::milliseconds> timeout);
void start_wait_for(std::shared_ptr<call_state> const& call, outcome_handler handler);
[[nodiscard]] bool is_ready(call_state const& call);

/// Null while it is not there.
[[nodiscard]] call_outcome outcome_so_far(call_state& call);
void cancel(std::shared_ptr<call_state> const& call);

/// For a select: has one item once the answer is there.
[[nodiscard]] std::shared_ptr<select_source> source_of(call_state& call);

[[nodiscard]] router& router_of(call_state const& call) noexcept;

/// The value in @p answer to @p call.
template <typename Answer>
std::expected<Answer, call_error> read_answer(call_state const& call, call_outcome const& answer)
{
    if (!*answer)
        return std::unexpected(answer->error());
    wire::unpacker from(base::byte_view((*answer)->message).subspan((*answer)->value_at), answer);
    if constexpr (std::is_void_v<Answer>) {
        return {};
    } else {
        router_scope const scope(router_of(call));  // senders and contexts in it are of this router
        auto value = wire::codec<Answer>::unpack(from);
        if (auto const& problem = from.problem())
            return std::unexpected(call_error{.what = call_failure::bad_answer, .text = problem->message()});
        return value;
    }
}

}  // namespace detail

/// The answer to a call, once.
///
/// Lifetime: the router outlives it. Dropping it leaves the call running; cancel() asks the far end to stop.
/// Threads:  get() from any thread but the router's own; the rest as the router's options say.
template <typename Answer>
class pending_call {
public:
    using answer = std::expected<Answer, call_error>;

    explicit pending_call(std::shared_ptr<detail::call_state> state) noexcept : state_(std::move(state)) {}

    /// Waits for the answer. Errors: those of call_failure; refused in the router's own thread, which would
    /// wait for itself.
    [[nodiscard]] answer get()
    {
        return detail::read_answer<Answer>(*state_, detail::wait_for(*state_, std::nullopt));
    }

    /// The same, for at most @p timeout. Errors: timed_out; it can be waited for again.
    [[nodiscard]] answer get(std::chrono::milliseconds timeout)
    {
        return detail::read_answer<Answer>(*state_, detail::wait_for(*state_, timeout));
    }

    /// True once get() would not wait.
    [[nodiscard]] bool is_ready() const { return detail::is_ready(*state_); }

    /// Completes with the answer. Cancels: not at all; cancel() the call.
    template <asio::completion_token_for<void(answer)> Token = asio::deferred_t>
    auto async_get(Token&& token = {})
    {
        return asio::async_initiate<Token, void(answer)>(
            [state = state_](auto handler) {
                auto const on = asio::get_associated_executor(handler);
                auto told = [state, handler = std::move(handler)](detail::call_outcome const& got) mutable {
                    std::move(handler)(detail::read_answer<Answer>(*state, got));
                };
                if (auto got = detail::outcome_so_far(*state))
                    asio::dispatch(on,
                                   [told = std::move(told), got = std::move(got)]() mutable { told(got); });
                else
                    detail::start_wait_for(state, asio::bind_executor(on, std::move(told)));
            },
            token);
    }

    /// What a select waits for: when it gives this call, get() does not wait.
    [[nodiscard]] std::shared_ptr<detail::select_source> source() const { return detail::source_of(*state_); }

    /// Asks the far end to stop. The answer comes all the same: `cancelled`, or what the function made of it.
    void cancel() { detail::cancel(state_); }

private:
    std::shared_ptr<detail::call_state> state_;
};

}  // namespace tendril::rpc
