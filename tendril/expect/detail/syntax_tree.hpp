#pragma once

/// @file
/// A regular expression as a tree. Layer: expect. Spec: pcre2pattern(3).

#include <tendril/expect/detail/character_set.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tendril::expect::detail {

/// What must hold between two bytes. CR, LF and CR LF each end a line.
enum class condition : std::uint8_t { line_start, line_end, text_start, text_end, word_edge, no_word_edge };

/// One node. Greedy and lazy repetition are the same here: the engine decides by the earliest end.
struct syntax_node {
    enum class kind : std::uint8_t { set, check, sequence, choice, repeat };
    static constexpr unsigned unlimited = ~0U;

    kind what = kind::sequence;        ///< an empty sequence matches nothing at all
    character_set set{};               ///< set: any one character of it
    condition where{};                 ///< check
    std::vector<syntax_node> parts{};  ///< sequence, choice; the one that is repeated
    unsigned least = 0;                ///< repeat
    unsigned most = 0;                 ///< repeat
};

/// Reads an expression that PCRE2 has accepted (UTF-8, multi-line, newline ANYCRLF).
///
/// Nothing when it uses what an automaton cannot do or what is not known here: back-references, look-around,
/// atomic groups and possessive repetition, recursion, `\K`, `\R`, `\X`, Unicode properties, (?x), caseless
/// letters beyond ASCII. Total.
[[nodiscard]] std::optional<syntax_node> read_regular_expression(std::string_view expression);

}  // namespace tendril::expect::detail
