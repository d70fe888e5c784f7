#pragma once

/// @file
/// The shortest SGR that takes a terminal's pen from one look to another.
/// Layer: term. Spec: ECMA-48 SGR; xterm ctlseqs; kitty underlines (SGR 4:n, 58).

#include <tendril/term/detail/output_buffer.hpp>
#include <tendril/term/rendition.hpp>

namespace tendril::term::detail {

/// What SGR sets. DECSCA's guard is part of a rendition, but SGR does not touch it.
struct sgr_look {
    rendition style;
    color underline;

    bool operator==(sgr_look const&) const = default;
};

/// Appends the control sequence, or nothing when there is nothing to change. Foreground and background are
/// written with semicolons, which every terminal reads; underline colours with colons, because one that does
/// not know them would take the numbers for attributes.
void append_sgr_change(output_buffer& to, sgr_look const& from, sgr_look const& wanted);

}  // namespace tendril::term::detail
