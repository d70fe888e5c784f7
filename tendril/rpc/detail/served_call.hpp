#pragma once

/// @file
/// One call while it is served. Layer: rpc.

#include <tendril/rpc/call_service.hpp>
#include <tendril/rpc/context.hpp>
#include <tendril/rpc/function.hpp>
#include <tendril/wire/message.hpp>

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <stop_token>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

namespace tendril::rpc::detail {

/// An answer that is an error, as it travels.
[[nodiscard]] wire::byte_buffer pack_failure(call_error const& why);

/// A call as it came: what is to run, or why nothing is.
struct call_request {
    wire::message asked;
    exported_function const* function = nullptr;
    chain_number chain = 0;
    base::byte_view arguments = {};  // in `asked`
    std::optional<call_error> failed = {};

    /// True when nothing of it waits for anything, or is waited for.
    [[nodiscard]] bool ends_at_once() const noexcept
    {
        return chain == 0 && (failed || (function->run != nullptr && function->where == execution::at_once));
    }
};

/// Finds the function that is @p asked for.
[[nodiscard]] call_request read_request(router const& via, wire::message asked);

/// Threads: run() where the function belongs, the rest on the strand.
class served_call : public std::enable_shared_from_this<served_call> {
public:
    using outcome = std::expected<wire::byte_buffer, call_error>;

    /// Without a state in @p stop it cannot be stopped.
    served_call(router& via, std::uint64_t number, call_request asked, std::stop_source stop);

    /// The call fails with @p why instead of running.
    void fail(call_error why);

    /// True when nothing is to run any more.
    [[nodiscard]] bool is_settled() const noexcept { return request_.failed.has_value(); }
    [[nodiscard]] bool runs_at_once() const noexcept
    {
        return request_.function->run && request_.function->where == execution::at_once;
    }
    [[nodiscard]] bool is_async() const noexcept { return request_.function->run_async != nullptr; }

    /// Runs the function; never throws.
    [[nodiscard]] outcome run();
    [[nodiscard]] static asio::awaitable<outcome> run_async(std::shared_ptr<served_call> self);

    /// From here on it is measured.
    void note_arrival() noexcept { arrived_ = clock::now(); }

    /// What was measured, at its end.
    [[nodiscard]] call_times times(bool has_failed) const noexcept;

    /// Asks it to stop; one that has not begun will not.
    void stop();

    [[nodiscard]] asio::cancellation_slot cancellation() noexcept { return cancel_.slot(); }
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
    [[nodiscard]] context_id caller() const noexcept { return request_.asked.src; }
    [[nodiscard]] wire::handle reply_to() const noexcept { return request_.asked.reply_to; }
    [[nodiscard]] chain_number chain() const noexcept { return request_.chain; }
    [[nodiscard]] std::size_t bytes() const noexcept { return request_.asked.data.size(); }

private:
    using clock = std::chrono::steady_clock;

    /// In the thread in which it runs.
    void note_begin() noexcept;

    /// The exception that is being handled, as it crosses.
    [[nodiscard]] call_error caught() const;

    std::uint64_t number_;
    call_request request_;
    std::stop_source stop_;
    call_context here_;
    asio::cancellation_signal cancel_;
    std::optional<clock::time_point> arrived_;  // when it is measured
    std::optional<clock::time_point> began_;
};

}  // namespace tendril::rpc::detail
