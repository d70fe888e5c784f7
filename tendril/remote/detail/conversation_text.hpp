#pragma once

/// @file
/// What stands on the terminal of a program since we answered last. Pure. Layer: remote (base).

#include <string>
#include <string_view>

namespace tendril::remote::detail {

/// Bounded: of more than 4 KiB the end is kept, behind a mark, so that nothing can pose as the beginning.
class conversation_text {
public:
    /// Takes what the program wrote, at any cut.
    void add(std::string_view bytes);

    /// Forgets what was asked.
    void answered() noexcept { text_.clear(); }

    /// True when a line was begun and not ended: only there a prompt can stand.
    [[nodiscard]] bool is_at_prompt() const noexcept;

    /// All of it, without empty lines at its beginning. Lifetime: until the next add() or answered().
    [[nodiscard]] std::string_view text() const noexcept { return text_; }

private:
    std::string text_;
};

}  // namespace tendril::remote::detail
