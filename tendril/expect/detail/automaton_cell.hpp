#pragma once

/// @file
/// How a transition of an automaton is kept in its table. Layer: expect.

#include <cstdint>

namespace tendril::expect::detail {

// A cell of the table is a place and what is to be known about it; a place is the index of its first cell.
constexpr std::uint32_t unbuilt = ~std::uint32_t{0};
constexpr std::uint32_t stop_flag = 1U << 31;     // one of those below, idle excepted
constexpr std::uint32_t idle_flag = 1U << 30;     // no match is in progress
constexpr std::uint32_t delayed_flag = 1U << 29;  // a program accepts before this byte
constexpr std::uint32_t accept_flag = 1U << 28;
constexpr std::uint32_t dead_flag = 1U << 27;
constexpr std::uint32_t place_mask = dead_flag - 1;

}  // namespace tendril::expect::detail
