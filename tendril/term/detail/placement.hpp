#pragma once

/// @file
/// Brings a client's cursor, with all that DECSC saves, to where a terminal has one.
/// Layer: term. Spec: xterm ctlseqs; VT510 manual (DECRSPS, DECCIR).

#include <tendril/term/detail/screen_writer.hpp>
#include <tendril/term/detail/state.hpp>

namespace tendril::term::detail {

/// Follows a client's charsets and puts its cursor in places. The client shows one screen of @p of whole.
class placement {
public:
    placement(terminal const& of, screen_writer& to) : s_(of.inner()), to_(to) {}

    /// Makes the client's saved cursor what @p of_which has saved. @p save is the control function that does
    /// it: DECSC, or a mode that saves on its way. Nothing is left behind but the position.
    void save(screen const& of_which, std::string_view save);

    /// Sets margins and origin mode, and leaves the cursor where the terminal has its own.
    void finish();

    /// Makes the client's charsets @p wanted, but for a single shift.
    void use_charsets(charset_state const& wanted);

private:
    void put(position const& at, grid const& lines, margins const& region, bool origin);
    void restore(position const& at, bool origin);
    void write_margins();

    state const& s_;
    screen_writer& to_;
    charset_state sets_;  ///< the client's
};

}  // namespace tendril::term::detail
