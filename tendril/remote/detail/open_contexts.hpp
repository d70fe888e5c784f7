#pragma once

/// @file
/// Contexts by their names: those that are there, and those that are being made.
/// Layer: remote (rpc). Design: docs/adr/0046-chains.md; parity row K15.

#include <tendril/io/executor.hpp>
#include <tendril/remote/connect_error.hpp>
#include <tendril/rpc/context.hpp>

#include <expected>
#include <map>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::remote::detail {

/// Threads: one strand. Lifetime: what is being made keeps what it needs itself; its end finds the books or
/// not.
class open_contexts {
public:
    using outcome = std::expected<rpc::context, connect_error>;

    explicit open_contexts(io::executor on);
    open_contexts(open_contexts const&) = delete;
    open_contexts& operator=(open_contexts const&) = delete;
    ~open_contexts();

    /// True when somebody has asked for @p name, and it was not lost since, as far as @p via knows.
    [[nodiscard]] bool has(std::string const& name, rpc::router const& via) const;

    /// Starts @p making as what gives the context @p name. It goes on without whoever asked.
    void begin(std::string const& name, asio::awaitable<outcome> making);

    /// The context @p name, once there is one or none can be made. Cancels: ends the waiting with an
    /// exception.
    [[nodiscard]] asio::awaitable<outcome> wait(std::string name);

    /// @p lost is not to be had any more.
    void forget(rpc::context_id lost);

    /// Ends what is being made.
    void cancel();

private:
    struct entry;
    struct books;

    io::executor on_;
    std::shared_ptr<books> books_;  // shared with what is being made
};

}  // namespace tendril::remote::detail
