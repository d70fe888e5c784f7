#pragma once

/// @file
/// Which matches on a screen are new: appearances, not repaints. Layer: expect (base).

#include <tendril/expect/pattern.hpp>
#include <tendril/expect/screen_view.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tendril::expect::detail {

/// Where text stands, however far it has scrolled since.
struct place {
    std::uint64_t line = 0;  ///< counted from the session's start
    std::size_t column = 0;  ///< in bytes of UTF-8
    auto operator<=>(place const&) const = default;
};

/// One match on the screen.
struct appearance {
    place where;
    std::size_t alternative = 0;
    std::string text;
    std::vector<std::string> groups;
    std::string line;    ///< the whole line on which the match begins
    std::size_t at = 0;  ///< where it begins in the screen's text
};

/// Remembers where its patterns stood on each of the two screens, so that text which stays, scrolls up or
/// comes back with the primary screen is not seen again. What disappears and is drawn once more is new.
class screen_search {
public:
    /// The matches of any of @p patterns that were not there at the last call, from the top of the screen
    /// down.
    [[nodiscard]] std::vector<appearance> update(std::vector<pattern> const& patterns, screen_view shown);

private:
    std::array<std::vector<place>, 2> known_;  // by screen_kind, sorted
};

/// The appearances that a required expectation has answered: they are not there for the ones behind it.
class answered_places {
public:
    void add(appearance const& one, screen_kind on);

    /// Forgets what is not on the screen any more, or was drawn anew as something else.
    void refresh(screen_view shown);

    [[nodiscard]] bool contains(place where, screen_kind on) const noexcept;

private:
    struct entry {
        place where;
        std::string text;
    };
    std::array<std::vector<entry>, 2> entries_;  // by screen_kind
};

}  // namespace tendril::expect::detail
