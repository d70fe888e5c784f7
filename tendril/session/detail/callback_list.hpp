#pragma once

/// @file
/// Callbacks for one event, each with an id. Layer: session. Spec: parity row M06.

#include <tendril/base/first_exception.hpp>
#include <tendril/session/callback.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tendril::session::detail {

/// Any number of callbacks, called in the order in which their ids came in.
///
/// Threads: one object belongs to one strand. A callback may add, replace and remove callbacks, itself too:
///          what is removed is not called any more, what is new is called from the next event on.
template <typename... Arguments>
class callback_list {
public:
    using function = std::function<void(Arguments...)>;

    /// Adds @p call under @p id, in the place of the one that has this id.
    void set(callback_id id, function call)
    {
        auto made = std::make_shared<entry>(id, std::move(call));
        auto const at = find(id);
        if (at == entries_.end()) {
            entries_.push_back(std::move(made));
            return;
        }
        (*at)->removed = true;
        *at = std::move(made);
    }

    /// Removes it. False when there is none of this id.
    bool remove(callback_id id)
    {
        auto const at = find(id);
        if (at == entries_.end())
            return false;
        (*at)->removed = true;
        entries_.erase(at);
        return true;
    }

    /// Removes all.
    void clear()
    {
        for (auto const& one : entries_)
            one->removed = true;
        entries_.clear();
    }

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

    /// Calls them all. What one throws is kept in @p failed, and the others are called all the same.
    void call(base::first_exception& failed, Arguments... arguments) const
    {
        auto const now = entries_;
        for (auto const& one : now)
            if (!one->removed)
                failed.guard([&] { one->call(arguments...); });
    }

private:
    struct entry {
        entry(callback_id named, function calls) : id(named), call(std::move(calls)) {}

        callback_id id;
        function call;
        bool removed = false;
    };
    using entry_ptr = std::shared_ptr<entry>;  // shared with a call in progress

    [[nodiscard]] auto find(callback_id id)
    {
        return std::ranges::find(entries_, id, [](entry_ptr const& one) { return one->id; });
    }

    std::vector<entry_ptr> entries_;
};

}  // namespace tendril::session::detail
