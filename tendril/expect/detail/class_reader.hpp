#pragma once

/// @file
/// The parts of a regular expression that stand for one character. Layer: expect. Spec: pcre2pattern(3).

#include <tendril/expect/detail/character_set.hpp>

#include <string_view>

namespace tendril::expect::detail {

/// Where reading stands in an expression that is valid UTF-8.
class expression_cursor {
public:
    explicit expression_cursor(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }
    [[nodiscard]] char peek() const noexcept { return rest_.empty() ? '\0' : rest_.front(); }

    /// Steps over @p expected. False, and no step, when something else is there.
    bool take(std::string_view expected);
    bool take(char expected) { return take(std::string_view(&expected, 1)); }

    /// Steps over one character; 0 at the end.
    char32_t next();

    /// Adds a range that was written in the expression; caseless, with the other cases of its letters.
    void add(character_set& to, char32_t first, char32_t last, bool caseless);

    bool regular = true;  ///< false once something was met that is not known here

private:
    std::string_view rest_;
};

/// Reads \d, \w, \s, \h and their opposites, the backslash being read. False when it is none of them.
bool read_class_escape(expression_cursor& in, character_set& into);

/// Reads \n, \x41, \$ and the like, the backslash being read.
char32_t read_character_escape(expression_cursor& in);

/// Reads what stands behind `[`, up to and with the `]`.
[[nodiscard]] character_set read_bracket_class(expression_cursor& in, bool caseless);

}  // namespace tendril::expect::detail
