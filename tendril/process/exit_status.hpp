#pragma once

/// @file
/// How a program ended: with a code of its own, or by a signal.
/// Layer: process (base, io). Spec: POSIX.1-2024 wait(); XCU 2.8.2 "Exit Status for Commands".

#include <cstdint>
#include <string>

namespace tendril::process {

/// The end of a program, as a value. A failing program is no error of ours.
class exit_status {
public:
    /// An exit with code 0.
    exit_status() noexcept = default;

    /// The program called exit; @p code is what is left of it: 0 to 255.
    [[nodiscard]] static exit_status exited(int code) noexcept;

    /// A signal ended the program.
    [[nodiscard]] static exit_status killed(int signal, bool dumped_core = false) noexcept;

    /// Decodes what waitpid() stores. A status that says stopped or continued is not an end: see wait(2).
    [[nodiscard]] static exit_status from_wait_status(int status) noexcept;

    /// True only for an exit with code 0.
    [[nodiscard]] bool success() const noexcept { return signal_ == 0 && code_ == 0; }

    /// True when the program exited by itself, whatever the code.
    [[nodiscard]] bool has_exited() const noexcept { return signal_ == 0; }

    /// The exit code; 0 when a signal ended the program.
    [[nodiscard]] int code() const noexcept { return code_; }

    /// The signal that ended the program; 0 when none did.
    [[nodiscard]] int signal() const noexcept { return signal_; }

    /// True when the kernel wrote a core dump.
    [[nodiscard]] bool dumped_core() const noexcept { return dumped_core_; }

    /// What a shell's `$?` shows: the code, or 128 plus the signal.
    [[nodiscard]] int shell_code() const noexcept;

    /// The code, or minus the signal (what Python calls the exit code of a wait status).
    [[nodiscard]] int signed_code() const noexcept;

    /// "exited with code 3", "killed by signal 9 (Killed)".
    [[nodiscard]] std::string description() const;

    bool operator==(exit_status const&) const = default;

private:
    // Without padding: clang 19 (-O1, thread sanitizer) lets the padding of a returned status spill over into
    // the member that follows a copy of it.
    std::int16_t code_ = 0;
    std::uint8_t signal_ = 0;
    bool dumped_core_ = false;
};

}  // namespace tendril::process
