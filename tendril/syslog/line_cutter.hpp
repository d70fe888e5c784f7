#pragma once

/// @file
/// Output in any chunking as whole lines that are harmless in a log. Pure.
/// Layer: syslog (base). Spec: RFC 5424 section 8.2; parity L06.

#include <tendril/base/bytes.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace tendril::syslog {

/// Gathers bytes until a line is whole; a line that never ends is cut.
///
/// Lines end with LF; a CR before it is dropped. Control characters, DEL, and C1 controls in UTF-8 stand as
/// `#ooo`, three octal digits a byte, as rsyslog does.
class line_cutter {
public:
    /// A message holds no more of a line than this; the next one begins with `continuation`.
    static constexpr std::size_t longest_line_bytes = 2048;
    static constexpr char const* continuation = "... ";

    /// Takes more output. Returns the lines that it completes, escaped.
    [[nodiscard]] std::vector<std::string> push(base::byte_view bytes);

    /// Returns what waits for its end: the last line of a program that did not end it. Empty when nothing
    /// does.
    [[nodiscard]] std::string finish();

private:
    [[nodiscard]] std::string take();

    std::string line_;
    bool is_continued_ = false;
};

}  // namespace tendril::syslog
