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

namespace tendril::rpc {

/// Gets a message; the last one may be dead.
using message_handler = std::function<void(wire::message what)>;

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
/// Memory: `most` handles.
class handle_table {
public:
    static constexpr std::size_t most = 1'000'000;

    /// The first handle that is given out; those below it are the protocol's.
    static constexpr wire::handle first_free = 1000;

    /// Gives out a handle for @p call; @p fixed asks for a certain one.
    /// Errors: none for a handle that is taken, and when there are `most`.
    [[nodiscard]] std::optional<wire::handle> add(message_handler call, handle_options how = {},
                                                  std::optional<wire::handle> fixed = std::nullopt);

    /// Nothing more comes to @p which, no dead message either. Nothing happens when it is not there.
    void remove(wire::handle which);

    /// Calls the handler of @p what. Returns why it was not, for a dead reply.
    [[nodiscard]] std::optional<std::string> deliver(wire::message what, arrival const& how);

    /// The only one that may send to @p which; none when there is none.
    [[nodiscard]] std::optional<context_id> respondent(wire::handle which) const;

    /// Ends the handles whose respondent is @p lost, with a dead message that says @p why.
    void lose(context_id lost, std::string_view why);

    /// Ends all handles likewise.
    void close(std::string_view why);

    [[nodiscard]] std::size_t size() const noexcept { return handlers_.size(); }

private:
    struct entry {
        std::shared_ptr<message_handler const> call;
        handle_options how;
    };

    template <typename Chosen>
    void end_those(Chosen chosen, std::string_view why);

    std::map<wire::handle, entry> handlers_;
    wire::handle next_ = first_free;
};

}  // namespace tendril::rpc
