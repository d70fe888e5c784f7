#pragma once

/// @file
/// A pattern as a nondeterministic automaton over bytes. Layer: expect. Spec: Thompson, CACM 11:6 (1968).

#include <tendril/expect/detail/syntax_tree.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tendril::expect::detail {

/// One state.
struct instruction {
    enum class kind : std::uint8_t {
        bytes,   ///< takes one byte from `low` to `high`, then goes to `next`
        fork,    ///< goes to `next` and to `other`
        check,   ///< goes to `next` where `where` holds
        accept,  ///< the end of a match
    };

    kind what = kind::accept;
    std::uint8_t low = 0;
    std::uint8_t high = 0;
    condition where{};
    std::uint32_t next = 0;
    std::uint32_t other = 0;
};

/// Which way a program reads.
enum class direction : std::uint8_t {
    forward,   ///< finds where matches end
    backward,  ///< from an end, finds where they start
};

/// A compiled pattern, read in one direction. It takes at least one byte.
struct byte_program {
    std::vector<instruction> code;
    std::uint32_t start = 0;
    bool checks = false;  ///< has a check
};

/// Repetitions are written out: an expression that needs more instructions than this is refused.
constexpr std::size_t program_limit = 20'000;

/// Nothing when the program would be larger than program_limit.
[[nodiscard]] std::optional<byte_program> compile(syntax_node const& root, direction way);

/// The program of a text that matches verbatim.
[[nodiscard]] byte_program compile_exact(std::string_view text);

}  // namespace tendril::expect::detail
