#pragma once

/// @file
/// What a select can wait for, and what it gives. Layer: rpc. Design: docs/adr/0042-streams.md.

#include <tendril/io/executor.hpp>
#include <tendril/rpc/channel_error.hpp>
#include <tendril/rpc/detail/event_count.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <typeinfo>
#include <vector>

namespace tendril::rpc::detail {

class select_state;

class select_source;

/// What a source gave to a select, whatever its type.
struct picked {
    select_source const* source = nullptr;  ///< the innermost
    std::shared_ptr<void> value = {};       ///< null: it ended
    std::type_info const* type = nullptr;
    channel_error end = {};
};

/// Where a source lives: nobody may sleep there and wait for it.
struct home {
    io::executor on;
    bool is_everywhere = false;  ///< there is no thread to sleep in
    bool operator==(home const&) const = default;
};

/// A queue that may be in a select.
///
/// Threads: any. Locks are taken from the inside to the outside: a source's before its select's, so that
/// neither goes while one tells the other.
class select_source : public std::enable_shared_from_this<select_source> {
public:
    select_source() = default;
    select_source(select_source const&) = delete;
    select_source& operator=(select_source const&) = delete;
    virtual ~select_source() = default;

    /// What comes next, for the select that was told of it; nothing when it is not there any more.
    [[nodiscard]] virtual std::optional<picked> pick() = 0;

    /// Leaves the select that it is in, if any.
    void leave();

protected:
    friend class select_state;

    /// How often pick() would give something. Called with the mutex held.
    [[nodiscard]] virtual std::size_t ready() const = 0;

    /// How many sources that may still give something it stands for. Called with the mutex held.
    [[nodiscard]] virtual std::size_t weight() const { return 1; }

    /// Where nobody may sleep for it. Called with the mutex held.
    [[nodiscard]] virtual std::vector<home> homes() const { return {}; }

    /// Wakes who waits, and tells the select of what is new. Called with the mutex held.
    void announce();

    mutable std::mutex mutex_;
    event_count changes_;
    select_state* joined_ = nullptr;  // guarded, like all that follows
    std::size_t told_ = 0;            // arrivals that the select knows of and has not picked
};

}  // namespace tendril::rpc::detail
