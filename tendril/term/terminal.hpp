#pragma once

/// @file
/// The terminal: bytes in, a screen out. No clock, no I/O.
/// Layer: term (base, vt). Spec: ECMA-48, DEC STD 070, xterm ctlseqs; parity T01-T13.

#include <tendril/base/bytes.hpp>
#include <tendril/term/color.hpp>
#include <tendril/term/cursor.hpp>
#include <tendril/term/decoration.hpp>
#include <tendril/term/emulator.hpp>
#include <tendril/term/event.hpp>
#include <tendril/term/history.hpp>
#include <tendril/term/host.hpp>
#include <tendril/term/limits.hpp>
#include <tendril/term/mode.hpp>
#include <tendril/term/row.hpp>
#include <tendril/term/size.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::term {

namespace detail {
struct state;
}

/// Which of the two screens is shown.
enum class screen_kind : std::uint8_t { primary, alternate };

/// An xterm-compatible terminal.
///
/// Total: any bytes in any chunking give the same terminal as in one chunk; nothing but a failed allocation
/// throws; memory is bounded by the limits. Copying gives an independent terminal in the same state.
class terminal final : public emulator {
public:
    /// A blank terminal. A size of 0 columns or rows counts as 1.
    explicit terminal(grid_size size = {}, terminal_limits const& limits = {});
    terminal(terminal const& other);
    terminal(terminal&& other) noexcept;
    terminal& operator=(terminal other) noexcept;
    ~terminal() override;

    /// Executes @p bytes.
    void feed(base::byte_view bytes);
    void write(base::byte_view bytes) override { feed(bytes); }

    /// Takes a new size. Another width lays the primary screen and its history out anew, unless the limits
    /// say otherwise: a full screen keeps its last line at the bottom, any other its first at the top. Lower
    /// only: blank lines below the cursor go, then lines at the top, which the primary screen gives to the
    /// history. The alternate screen's lines are cut, wide characters whole. Cost: of a new width, linear in
    /// the lines of the history.
    void resize(grid_size size) override;

    [[nodiscard]] std::vector<std::string> dump() const override;
    [[nodiscard]] std::string take_replies() override;
    [[nodiscard]] std::uint64_t top_line() const noexcept override;
    [[nodiscard]] bool shows_alternate_screen() const noexcept override;
    [[nodiscard]] std::string leave_sequence() const override;

    /// What happened since the last call, oldest first.
    [[nodiscard]] std::vector<event> take_events();

    [[nodiscard]] grid_size size() const noexcept;

    /// Grows by one with every feed() of bytes and every resize() to another size. A line with
    /// row::generation() beyond what a viewer saw may have changed since.
    [[nodiscard]] std::uint64_t generation() const noexcept;

    /// Line @p y of the screen, from 0 at the top. Lifetime: until the next non-const call.
    [[nodiscard]] row const& line(int y) const noexcept;

    /// The lines above the screen. Lifetime: until the next non-const call.
    [[nodiscard]] history const& scrollback() const noexcept;

    /// Takes new limits of the history; what is beyond them goes, oldest first. Not undone by RIS.
    void set_history_limits(std::size_t lines, std::size_t bytes);

    /// Compresses old lines of the history, up to @p blocks of 64 KiB, sparing the newest @p spared lines.
    /// Returns whether there is more to compress. For moments when nothing else is to be done: feed() never
    /// compresses. What is compressed is read, searched and laid out anew as before. Lines that are laid out
    /// anew are not compressed any more.
    bool compress_history(std::size_t blocks, std::size_t spared = 10'000);

    [[nodiscard]] term::cursor cursor() const noexcept;
    [[nodiscard]] mode_set const& modes() const noexcept;
    [[nodiscard]] bool is(mode what) const noexcept { return is_set(modes(), what); }
    [[nodiscard]] screen_kind shown() const noexcept;
    [[nodiscard]] std::string const& title() const noexcept;
    [[nodiscard]] std::string const& icon() const noexcept;

    /// Tells the terminal about its host, and lets programs do more or less. What changes is reported to a
    /// program that asked for such reports (modes 2031 and 2048). RIS does not undo it.
    void set_host(host const& to);
    [[nodiscard]] host const& told_by_host() const noexcept;

    /// The kitty keyboard protocol's flags in force; 0 is the legacy encoding.
    [[nodiscard]] int keyboard_flags() const noexcept;

    /// xterm's modifyOtherKeys: 0, 1 or 2.
    [[nodiscard]] int key_modifier_options() const noexcept;

    /// Appends what @p shown shows as UTF-8: a blank for an empty cell, nothing for a wide one's tail.
    void append_text(glyph shown, std::string& to) const;

    /// The link a cell is part of, or null. Lifetime: until the next non-const call.
    [[nodiscard]] link const* link_of(cell const& of) const noexcept;

    /// The colour of a cell's underline; the default means the foreground.
    [[nodiscard]] color underline_color_of(cell const& of) const noexcept;

    /// Entry @p number of the palette, or one of the dynamic_ numbers, as the program has set it.
    [[nodiscard]] rgb palette(int number) const noexcept;

    /// Everything else, for this layer's own renderers. Lifetime: the terminal's.
    [[nodiscard]] detail::state const& inner() const noexcept { return *state_; }

    /// A terminal in @p inner, for this layer's own snapshots.
    explicit terminal(std::unique_ptr<detail::state> inner) noexcept;

private:
    std::unique_ptr<detail::state> state_;
};

}  // namespace tendril::term
