#pragma once

/// @file
/// A running context: its router, the calls it serves, the contexts it makes.
/// Layer: remote (base, wire, io, process, rpc). Design: docs/adr/0044-nodes.md; parity rows R01, R07, R18,
/// K03, K04, K15.

#include <tendril/remote/bootstrap.hpp>
#include <tendril/remote/image_store.hpp>
#include <tendril/remote/local.hpp>
#include <tendril/remote/profile.hpp>
#include <tendril/remote/way_plan.hpp>
#include <tendril/remote/welcome.hpp>
#include <tendril/rpc/call_service.hpp>
#include <tendril/rpc/context.hpp>

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

namespace tendril::remote {

/// The word by which a program that is started as a context knows that it is one: its argv[1].
inline constexpr std::string_view context_word = "tendril-context";

/// How a new context is made, whichever way leads to it.
struct context_options {
    std::string name = {};  ///< in ps(1) and in the log; empty: made of its number
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
    caching keep = caching::on;
    std::uint32_t call_threads = 1;  ///< for functions that may block

    static constexpr auto wire_fields = std::tuple(&context_options::name, &context_options::timeout,
                                                   &context_options::keep, &context_options::call_threads);
};

/// How the contexts that a name tells are made.
struct open_options {
    /// The timeout is for each hop; the name is of no use: each is called by the name of its way. Threads are
    /// those of the last one, others have one.
    context_options how = {};

    /// Completes the plan of a hop that has to be made: its password, its port. @p name is that of the way so
    /// far, `ssh:web1/sudo:root`. Called on the strand; it must not throw.
    std::function<void(std::string const& name, way_plan& plan)> prepare = {};
};

/// A context that was made, or why it was not.
using new_context = std::expected<rpc::context, connect_error>;

/// What a node is made of and with.
struct node_options {
    rpc::identity self = {};
    std::string name = {};
    rpc::router_options routing = {};
    rpc::log_level level = rpc::log_level::notice;  ///< for this context and those it makes
    rpc::work_source work = {};                     ///< where functions that may block run
    /// Which programs run at far ends; none: this one, which must be static then.
    std::shared_ptr<image_store const> images = {};
    bool measures = false;  ///< how long calls wait and run, here and in the contexts it makes
    /// At the master: gets what each context measured, when it ends. Must not throw.
    std::function<void(context_profile const&)> on_profile = {};
};

/// This process as a context.
///
/// Ownership: owns the contexts it made: the destructor ends those that still run, and waits for none.
/// Threads:   those functions whose names begin with async belong to the strand, all others wait for it and
/// may be
///            called from any other thread.
class node {
public:
    /// @p on runs on a thread of its own: rpc::broker's executor, or that of an io_context.
    node(io::executor on, node_options options);
    node(node const&) = delete;
    node& operator=(node const&) = delete;
    ~node();

    [[nodiscard]] rpc::router& router() noexcept;
    [[nodiscard]] rpc::identity const& self() const noexcept;
    [[nodiscard]] rpc::call_counters calls() const;

    /// Of this library: `0.1.0`.
    [[nodiscard]] static std::string_view version() noexcept;

    /// The context right above; none for the master.
    [[nodiscard]] std::optional<rpc::context> parent() const;

    /// From now on this context and all below it, also those that are made later, tell what is of @p level or
    /// above. Those above are not told: the whole tree's is for the master to set. Threads: any.
    void set_log_level(rpc::log_level level);
    [[nodiscard]] rpc::log_level log_level() const noexcept;

    /// A record of the program's own; @p source is the part of the program that says it. Threads: any; it
    /// returns at once.
    void log(rpc::log_level level, std::string source, std::string text);

    /// What was counted so far, and measured if the options say so.
    [[nodiscard]] context_profile profile() const;

    /// A process of this program on this machine.
    [[nodiscard]] new_context local(context_options how = {});
    [[nodiscard]] asio::awaitable<new_context> async_local(context_options how);
    [[nodiscard]] asio::awaitable<new_context>
    async_local();  // no default: gcc 12 would destroy it twice (ADR 0004)

    /// A process forked from a resident one of this program, which has done nothing yet but start (ADR 0045):
    /// the quickest way. The program says with main_options what it wants to do in each.
    [[nodiscard]] new_context fork(context_options how = {});
    [[nodiscard]] asio::awaitable<new_context> async_fork(context_options how);
    [[nodiscard]] asio::awaitable<new_context> async_fork();

    /// A process of it behind a way in: `connect(ssh({.hostname = "web1"}))`.
    [[nodiscard]] new_context connect(way_in in, context_options how = {});
    [[nodiscard]] asio::awaitable<new_context> async_connect(way_in in, context_options how);
    [[nodiscard]] asio::awaitable<new_context> async_connect(way_in in);

    /// The same, made by context @p from, which is below this one and becomes the new one's parent.
    /// Errors: those of the way as @p from goes it; ended when @p from is lost.
    [[nodiscard]] new_context connect_from(rpc::context from, way_plan plan, context_options how = {});
    [[nodiscard]] asio::awaitable<new_context> async_connect_from(rpc::context from, way_plan plan,
                                                                  context_options how);

    /// The context of that name, as parse_target() reads it: `ssh:web1/sudo:root`. It is made, and those
    /// before it on the way, each by the one before, unless it is there already: whoever asks for a name gets
    /// the same context until that one is lost, also when several ask at the same time.
    ///
    /// Errors: bad_option for a name that cannot be read; those of the hop that failed, whose target is the
    ///         name so far; ended when one on the way was lost.
    [[nodiscard]] new_context open(std::string_view name, open_options how = {});
    [[nodiscard]] asio::awaitable<new_context> async_open(std::string name, open_options how);

    /// What @p child said of itself when it came; empty for a context that was not made through this node.
    [[nodiscard]] introduction introduced(rpc::context child) const;

    /// Asks @p child to end, with all below it; kills it when it has not after @p grace. Returns once it is
    /// gone.
    void shutdown(rpc::context child, std::chrono::milliseconds grace = std::chrono::seconds(3));
    [[nodiscard]] asio::awaitable<void>
    async_shutdown(rpc::context child, std::chrono::milliseconds grace = std::chrono::seconds(3));

    /// The same for all that this node made.
    [[nodiscard]] asio::awaitable<void>
    async_shutdown_all(std::chrono::milliseconds grace = std::chrono::seconds(3));

    /// Takes no more calls, and asks those that run to stop; what they answer is dropped.
    void stop_calls();

    /// The node in whose context a function runs. Lifetime: the call's.
    [[nodiscard]] static node& of(rpc::call_context& here);

private:
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace tendril::remote
