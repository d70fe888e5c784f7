#pragma once

/// @file
/// What bounds a terminal's memory. Layer: term (vt). Spec: parity T01.

#include <tendril/vt/parser.hpp>

#include <cstddef>
#include <cstdint>

namespace tendril::term {

/// What a change of width does to the lines of the primary screen and its history.
enum class resize_policy : std::uint8_t {
    reflow,  ///< lines that wrapped are laid out anew
    clip     ///< the screen's lines are cut; lines of the history stay as they are
};

/// Everything a program can make grow, and where it stops.
struct terminal_limits {
    std::size_t history_lines = 10'000;                  ///< the oldest line goes first
    std::size_t history_bytes = std::size_t{256} << 20;  ///< a plain line of 79 characters takes 91
    std::size_t title_bytes = 4096;         ///< a longer title or icon name is cut at a character
    std::size_t titles_stacked = 10;        ///< as xterm; the oldest goes first
    std::size_t reply_bytes = 64 * 1024;    ///< further replies are dropped until take_replies()
    std::size_t events = 1024;              ///< further events are dropped until take_events()
    std::size_t event_bytes = 1024 * 1024;  ///< of text in undelivered events; beyond it they are dropped
    std::size_t link_bytes = 2083;          ///< a longer target makes no link; the limit VTE uses
    vt::string_limits strings{};
    resize_policy on_resize = resize_policy::reflow;
};

}  // namespace tendril::term
