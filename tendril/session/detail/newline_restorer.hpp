#pragma once

/// @file
/// Undoes what ONLCR did to a program's output. Pure. Layer: session (base). Spec: termios(3) ONLCR.

#include <tendril/base/bytes.hpp>

#include <string>

namespace tendril::session::detail {

/// Turns CR LF back into LF. A program's own CR LF leaves the terminal as CR CR LF, so nothing else is lost.
class newline_restorer {
public:
    /// The restored bytes; a CR at the end waits for what follows it.
    [[nodiscard]] std::string restore(base::byte_view bytes);

    /// What still waits.
    [[nodiscard]] std::string finish();

private:
    bool held_return_ = false;
};

}  // namespace tendril::session::detail
