#pragma once

/// @file
/// Makes long lines survive the kernel's line editor. Pure: no descriptor.
/// Layer: pty (base, io, process). Spec: termios(3) "Canonical and noncanonical mode"; Linux n_tty: 4096
/// bytes.

#include <tendril/base/bytes.hpp>

#include <array>
#include <cstddef>
#include <string>

#include <termios.h>

namespace tendril::pty {

/// Inserts end-of-file characters into what is typed to a terminal in canonical mode.
///
/// The kernel keeps at most 4095 bytes of an unfinished line and silently drops the rest. Its end-of-file
/// character in the middle of a line hands over what there is without adding a byte, so cutting there loses
/// nothing; the reader sees the line in several reads.
class canonical_slices {
public:
    /// What Linux keeps of an unfinished line: N_TTY_BUF_SIZE less one.
    static constexpr std::size_t line_limit_bytes = 4095;

    /// Slices for a terminal with @p attributes, whose control characters end lines.
    explicit canonical_slices(::termios const& attributes) noexcept;

    /// @p bytes with the cuts put in. Cost: linear, one allocation.
    [[nodiscard]] std::string slice(base::byte_view bytes);

    /// What ends the input: the end-of-file character, twice in the middle of a line (once to hand it over).
    /// Empty when the terminal has that character disabled; nothing is cut then either.
    [[nodiscard]] std::string end();

    /// Follows a change of the attributes; the current line goes on.
    void adopt(::termios const& attributes) noexcept;

private:
    [[nodiscard]] bool ends_line(unsigned char byte) const noexcept;
    [[nodiscard]] bool can_cut() const noexcept { return end_of_file_ != 0; }  // 0 is _POSIX_VDISABLE

    std::array<unsigned char, 4>
        line_ends_{};         // newline, VEOF, VEOL, VEOL2; disabled ones repeat the newline
    unsigned char kill_ = 0;  // empties the unfinished line
    unsigned char end_of_file_ = 4;
    bool return_is_newline_ = true;
    std::size_t pending_ = 0;  // bytes of the unfinished line
};

}  // namespace tendril::pty
