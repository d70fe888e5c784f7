#pragma once

/// @file
/// Recorded output made safe to be shown in a real terminal.
/// Layer: record (base). Spec: ECMA-48 5.3-5.6, xterm "Control Sequences".

#include <tendril/base/bytes.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tendril::record {

/// Passes on what draws and drops what reaches beyond the screen: everything a terminal answers (the answer
/// would be typed into whatever runs there), the clipboard, files, notifications, window operations, and the
/// modes that make it report mouse, focus and keys in other ways. A recording is somebody else's input.
///
/// Strings are let through by a list of what is known to be harmless; control sequences are dropped by a list
/// of what is known to be answered, because a new drawing sequence is harmless where it is unknown.
///
/// Total: any bytes in any chunking; a sequence cut by the end of a chunk waits for its rest, and one longer
/// than `longest_sequence_bytes` is dropped whole.
class replay_filter {
public:
    /// Sixel pictures are the longest strings that are passed on.
    static constexpr std::size_t longest_sequence_bytes = 1024 * 1024;

    /// Appends to @p to what of @p bytes may be shown.
    void push(base::byte_view bytes, std::string& to);

private:
    enum class state { ground, lead, escape, control, string, string_escape };

    void ground(char c, std::string& to);
    void escape(char c, std::string& to);
    void control(char c, std::string& to);
    void string(char c, std::string& to);
    void start_string(char introducer);
    void end_string(std::string& to);
    void keep(char c);
    void drop() noexcept;

    state state_ = state::ground;
    std::string held_;      // the sequence so far, as it came
    std::size_t body_ = 0;  // where in held_ the introducer ends
    char introducer_ = 0;   // of a string, in 7-bit form: ] P X ^ _
    bool is_too_long_ = false;
};

}  // namespace tendril::record
