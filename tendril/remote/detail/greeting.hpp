#pragma once

/// @file
/// From a stream to a program of ours to a context in the tree: it is told who it is, and says who it is.
/// Layer: remote (base, io, rpc). Spec: docs/protocol.md "A new context".

#include <tendril/io/task_group.hpp>
#include <tendril/remote/carrier.hpp>
#include <tendril/remote/welcome.hpp>

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/steady_timer.hpp>

namespace tendril::remote::detail {

/// Lifetime: until run() has completed. Threads: the router's strand.
class greeting {
public:
    /// @p words are for the context @p words.id, which is not in the tree yet.
    greeting(rpc::router& via, welcome words);
    ~greeting();

    /// The welcome as it travels, for a far end to which it is sent blindly.
    [[nodiscard]] std::vector<std::byte> bytes() const;

    /// Takes @p way into the tree and waits for the introduction.
    /// Errors: timed_out, ended and what else the way in says; the link is dropped then.
    [[nodiscard]] asio::awaitable<std::expected<introduction, connect_error>>
    run(std::shared_ptr<carrier> way, std::vector<std::byte> const& early, bool is_sent,
        std::chrono::milliseconds timeout);

private:
    [[nodiscard]] wire::message message() const;
    [[nodiscard]] asio::awaitable<void> watch();
    void take(wire::message const& answer);
    void finish();

    rpc::router* via_;
    welcome words_;
    std::optional<wire::handle> answer_;
    std::shared_ptr<carrier> way_;
    io::task_group tasks_;
    asio::steady_timer over_;
    std::optional<introduction> heard_;
    std::optional<connect_error> why_not_;
    bool is_lost_ = false;
};

}  // namespace tendril::remote::detail
