#pragma once

/// @file
/// A line that a person types and nobody sees. Pure. Layer: remote (base).

#include <tendril/base/secret.hpp>

#include <array>
#include <cstddef>

namespace tendril::remote::detail {

/// The keys of a terminal's line editor: rub out, Ctrl-U, Enter. Ownership: wipes what it holds.
class secret_line {
public:
    enum class state {
        typing,
        entered,    ///< by Enter, or Ctrl-D behind something
        abandoned,  ///< by Ctrl-C, Ctrl-\ or Ctrl-D on an empty line
    };

    secret_line() = default;
    secret_line(secret_line const&) = delete;
    secret_line& operator=(secret_line const&) = delete;
    ~secret_line();

    /// Takes one key. What goes beyond 1000 bytes, and other control characters, is not taken.
    state press(std::byte key) noexcept;

    /// What was typed.
    [[nodiscard]] base::secret text() const;

private:
    void rub_out() noexcept;
    void wipe() noexcept;

    std::array<char, 1000> typed_{};
    std::size_t size_ = 0;
};

}  // namespace tendril::remote::detail
