#pragma once

/// @file
/// What a session needs of a terminal emulator, so that it can take any.
/// Layer: term (base). Spec: parity T02.

#include <tendril/base/bytes.hpp>
#include <tendril/term/size.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tendril::term {

/// A program's output on one side, a screen on the other. `terminal` is ours.
class emulator {
public:
    emulator() = default;
    virtual ~emulator() = default;

    /// Takes what the program wrote. Total: any bytes, cut anywhere.
    virtual void write(base::byte_view bytes) = 0;

    /// Takes a new size.
    virtual void resize(grid_size size) = 0;

    /// The screen as UTF-8 lines from top to bottom, trailing blanks cut.
    [[nodiscard]] virtual std::vector<std::string> dump() const = 0;

    /// What the emulator has to say to the program since the last call, such as a cursor position report.
    [[nodiscard]] virtual std::string take_replies() = 0;

    /// The number of the screen's first line, counted from the first line ever shown: scrolling raises it. An
    /// emulator that does not count says 0; text that scrolls up then looks new to whoever waits for it.
    [[nodiscard]] virtual std::uint64_t top_line() const noexcept { return 0; }

    /// Whether the alternate screen is shown.
    [[nodiscard]] virtual bool shows_alternate_screen() const noexcept { return false; }

    /// The bytes that bring an outer terminal which has seen the same output back to sane defaults.
    [[nodiscard]] virtual std::string leave_sequence() const { return {}; }

protected:
    emulator(emulator const&) = default;
    emulator(emulator&&) = default;
    emulator& operator=(emulator const&) = default;
    emulator& operator=(emulator&&) = default;
};

}  // namespace tendril::term
