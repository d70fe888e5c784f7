#pragma once

/// @file
/// What the keys of a player mean. Layer: apps. Spec: xterm ctlseqs, "PC-Style Function Keys".

#include <string_view>
#include <vector>

namespace tendril::app {

enum class play_key {
    quit,
    interrupt,
    pause,
    step,
    back,         ///< 5 seconds
    forward,      ///< 5 seconds
    far_back,     ///< a minute
    far_forward,  ///< a minute
    beginning,
    next_marker,
    slower,
    faster,
    search,
    search_again,
};

/// The keys in @p typed, in order. What is none of ours is left out; bytes behind `/` are not looked at,
/// because they are text: @p rest is what follows it, and otherwise empty.
[[nodiscard]] std::vector<play_key> play_keys(std::string_view typed, std::string_view& rest);

}  // namespace tendril::app
