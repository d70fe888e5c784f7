#pragma once

/// @file
/// One call while it is served. Layer: rpc.

#include <tendril/rpc/context.hpp>
#include <tendril/rpc/function.hpp>
#include <tendril/wire/message.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <stop_token>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

namespace tendril::rpc::detail {

/// An answer that is an error, as it travels.
[[nodiscard]] wire::byte_buffer pack_failure(call_error const& why);

/// Threads: run() where the function belongs, the rest on the strand.
class served_call {
public:
    using outcome = std::expected<wire::byte_buffer, call_error>;

    served_call(router& via, std::uint64_t number, wire::message asked);

    /// Finds the function. Returns why it cannot be called.
    [[nodiscard]] std::optional<call_error> prepare();

    /// The call fails with @p why instead of running.
    void fail(call_error why);

    /// True when nothing is to run any more.
    [[nodiscard]] bool is_settled() const noexcept { return failed_.has_value(); }
    [[nodiscard]] bool runs_at_once() const noexcept
    {
        return function_->run && function_->where == execution::at_once;
    }
    [[nodiscard]] bool is_async() const noexcept { return function_->run_async != nullptr; }

    /// Runs the function; never throws.
    [[nodiscard]] outcome run();
    [[nodiscard]] static asio::awaitable<outcome> run_async(std::shared_ptr<served_call> self);

    /// Asks it to stop; one that has not begun will not.
    void stop();

    [[nodiscard]] asio::cancellation_slot cancellation() noexcept { return cancel_.slot(); }
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
    [[nodiscard]] context_id caller() const noexcept { return asked_.src; }
    [[nodiscard]] wire::handle reply_to() const noexcept { return asked_.reply_to; }
    [[nodiscard]] chain_number chain() const noexcept { return chain_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return asked_.data.size(); }

private:
    /// The exception that is being handled, as it crosses.
    [[nodiscard]] call_error caught() const;

    std::uint64_t number_;
    wire::message asked_;
    std::stop_source stop_;
    call_context here_;
    exported_function const* function_ = nullptr;
    chain_number chain_ = 0;
    base::byte_view arguments_;
    std::optional<call_error> failed_;
    asio::cancellation_signal cancel_;
};

}  // namespace tendril::rpc::detail
