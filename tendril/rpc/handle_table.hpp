#pragma once

/// @file
/// Who in a context gets which messages. Pure. Layer: rpc (wire). Spec: docs/protocol.md "Handles"; parity
/// rows R04, R05 and R20.

#include <tendril/rpc/policy.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::rpc {

/// Gets a message; the last one may be dead.
using message_handler = std::function<void(wire::message what)>;

/// The same for an object that is there anyway: a handle for it costs no memory of its own.
class message_target {
public:
    message_target() = default;
    message_target(message_target const&) = delete;
    message_target& operator=(message_target const&) = delete;
    virtual ~message_target() = default;

    virtual void take(wire::message what) = 0;
};

/// How long a handle stays.
enum class standing : std::uint8_t {
    until_removed,
    once,  ///< gone before its handler is called
};

/// What a handle accepts.
struct handle_options {
    standing stays = standing::until_removed;
    std::optional<context_id> respondent =
        {};  ///< the only one that may send; a dead message comes when it is lost
    policy admits = has_parent_authority;
};

/// The handles of one context.
///
/// A handler may add and remove any handle, its own too; what it throws leaves the call.
/// Memory: `most` handles; what was used once is kept.
/// Cost:   a handle's number says where it is, so that most are added, found and removed in no steps at all.
///         None is given out again before all others were, so that a late answer finds nobody.
class handle_table {
public:
    static constexpr std::size_t most = 1'000'000;

    /// The first handle that is given out; those below it are the protocol's.
    static constexpr wire::handle first_free = 1000;

    /// Gives out a handle for @p call; @p fixed asks for a certain one.
    /// Errors: none for a handle that is taken, and when there are `most`.
    [[nodiscard]] std::optional<wire::handle> add(message_handler call, handle_options how = {},
                                                  std::optional<wire::handle> fixed = std::nullopt);

    /// The same. Ownership: shares @p to until the handle ends.
    [[nodiscard]] std::optional<wire::handle> add(std::shared_ptr<message_target> to, handle_options how = {},
                                                  std::optional<wire::handle> fixed = std::nullopt);

    /// Nothing more comes to @p which, no dead message either. Nothing happens when it is not there.
    void remove(wire::handle which);

    /// Calls the handler of @p what. Returns why it was not, for a dead reply.
    [[nodiscard]] std::optional<std::string> deliver(wire::message what, arrival const& how);

    [[nodiscard]] bool has(wire::handle which) const noexcept { return find(which) != nullptr; }

    /// The only one that may send to @p which; none when there is none.
    [[nodiscard]] std::optional<context_id> respondent(wire::handle which) const;

    /// Ends the handles whose respondent is @p lost, with a dead message that says @p why.
    void lose(context_id lost, std::string_view why);

    /// Ends all handles likewise.
    void close(std::string_view why);

    [[nodiscard]] std::size_t size() const noexcept { return in_ring_ + elsewhere_.size(); }

private:
    struct entry {
        std::shared_ptr<message_target> to;  // null in a place that is free
        handle_options how;
    };
    struct place {
        wire::handle which = 0;
        entry what;
    };

    [[nodiscard]] place& place_of(wire::handle which) noexcept { return ring_[which & (ring_.size() - 1)]; }
    [[nodiscard]] entry const* find(wire::handle which) const noexcept;
    [[nodiscard]] wire::handle give_out();
    void grow();

    template <typename Chosen>
    void end_those(Chosen chosen, std::string_view why);

    std::vector<place> ring_;  // a power of two of them, at most half of which are taken
    std::size_t in_ring_ = 0;
    std::map<wire::handle, entry> elsewhere_;  // those that were asked for by number
    wire::handle next_ = first_free;
};

}  // namespace tendril::rpc
