#pragma once

/// @file
/// A context's switchboard: links to neighbours, routes to the rest, handles within. Layer: rpc (base, wire,
/// io). Spec: docs/protocol.md; design: docs/adr/0038-links.md; parity rows R03 to R06, R19, R20.

#include <tendril/rpc/duplex.hpp>
#include <tendril/rpc/forwarding.hpp>
#include <tendril/rpc/handle_table.hpp>
#include <tendril/rpc/id_blocks.hpp>
#include <tendril/rpc/link.hpp>
#include <tendril/rpc/log.hpp>
#include <tendril/rpc/well_known.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <typeindex>
#include <vector>

namespace tendril::rpc {

/// Where a link leads.
enum class relation : std::uint8_t { above, below };

/// From where a router's functions are called.
enum class callers : std::uint8_t {
    strand_only,
    /// They wait until the strand, which is an io_context with a thread of its own, has done what they ask.
    any_thread,
};

/// How much a router takes, and how long it believes in silence.
struct router_options {
    directions allowed = directions::up_and_down;
    std::size_t message_limit = 128UL * 1024 * 1024;  ///< bytes of one message
    std::size_t relay_limit =
        256UL * 1024;  ///< bytes from one neighbour to another; then we read no more from it
    std::size_t queue_limit =
        256UL * 1024 * 1024;  ///< bytes of our own for one neighbour; then messages are refused
    /// A neighbour that has said nothing for so long is lost; a third of it is how often each gives a sign of
    /// life. Zero: silence is no reason.
    std::chrono::milliseconds silence_limit = std::chrono::seconds(30);
    callers from = callers::strand_only;
    log_sink log = {};
    log_sink trace_frames = {};  ///< gets a record for each frame that is read from a link or written to it
};

/// A lost context, for whoever asked to be told.
using loss_handler = std::function<void(context_id lost, std::string_view why)>;

/// One context's router. Several can live in one process.
///
/// Ownership: owns the links. The destructor closes them; handles get no dead messages then: close() first.
/// Threads:   belongs to its executor's strand, unless the options admit callers from any thread.
/// Lifetime:  may be destroyed within any handler it calls.
class router {
public:
    /// @p on runs one completion at a time. @p self.ancestors are known for a context that was told who it
    /// is.
    router(io::executor on, identity self, router_options options = {});
    router(router const&) = delete;
    router& operator=(router const&) = delete;
    ~router();

    [[nodiscard]] identity const& self() const noexcept;
    [[nodiscard]] router_options const& options() const noexcept;
    [[nodiscard]] io::executor get_executor() const;

    /// Takes over the stream to @p neighbour; @p early is what was read of it before. A neighbour below
    /// becomes known to those above. A router has one link above, added before any other. Errors: none when
    /// the neighbour's number is in use, or another link leads up.
    std::optional<link_id> add_link(std::unique_ptr<duplex> stream, context_id neighbour, relation where,
                                    base::byte_view early = {});

    /// Closes the link to @p neighbour, as if it were lost. Nothing happens when there is none.
    void drop_link(context_id neighbour, std::string_view why);

    /// As handle_table::add().
    [[nodiscard]] std::optional<wire::handle> add_handler(message_handler call, handle_options how = {},
                                                          std::optional<wire::handle> fixed = std::nullopt);

    [[nodiscard]] std::optional<wire::handle> add_handler(std::shared_ptr<message_target> to,
                                                          handle_options how = {},
                                                          std::optional<wire::handle> fixed = std::nullopt);

    /// As handle_table::remove().
    void remove_handler(wire::handle which);

    /// Sends @p what to its dst, from us and on our authority. What cannot go is answered like any other:
    /// with a dead message at reply_to. Nothing is delivered within this call.
    void send(wire::message what);

    /// Sends with another's authority: for who acts on behalf of @p what.auth.
    void send_as(wire::message what);

    /// Runs @p task on the strand. Threads: any.
    void defer(std::function<void()> task);

    /// Calls @p told for each context that is lost, until the number that it returns is given to
    /// forget_loss().
    [[nodiscard]] std::uint64_t on_loss(loss_handler told);
    void forget_loss(std::uint64_t registration);

    /// A number for a new context below; asks the master for more when there are none left.
    /// Errors: the reason, when the master cannot be asked.
    void take_id(std::function<void(std::expected<context_id, std::string>)> taken);

    /// True while there is a way to @p id, as far as this context knows.
    [[nodiscard]] bool knows(context_id id) const;

    /// The neighbours below.
    [[nodiscard]] std::vector<context_id> children() const;

    /// What the link to @p neighbour counts.
    [[nodiscard]] std::optional<link_counters> counters(context_id neighbour) const;

    /// What all links count, the last 1000 that have ended among them.
    [[nodiscard]] std::vector<std::pair<context_id, link_counters>> all_counters() const;

    /// Ends all handles with a dead message that says @p why, and then all links.
    void close(std::string_view why);

    /// What functions that run in this context may use: the one object of a type that was provided last.
    /// Lifetime: the provider's; withdraw it by providing null.
    template <typename T>
    void provide(T* what)
    {
        provide(typeid(T), what);
    }

    /// Null when nobody provides one.
    template <typename T>
    [[nodiscard]] T* provided() const
    {
        return static_cast<T*>(provided(typeid(T)));
    }

    /// Says something, or what context @p of said: to the sink of the options. In the strand.
    void log(log_level level, std::string_view source, std::string text,
             std::optional<context_id> of = std::nullopt);

private:
    void provide(std::type_index type, void* what);
    [[nodiscard]] void* provided(std::type_index type) const;

    struct state;
    std::shared_ptr<state> state_;  // kept by a call of a handler that destroys the router
};

}  // namespace tendril::rpc
