#pragma once

/// @file
/// What a program has chosen, put aside or half sent, in a snapshot.
/// Layer: term. Spec: docs/layers/term.md, "Snapshots".

#include <tendril/term/detail/snapshot_codec.hpp>
#include <tendril/term/detail/state.hpp>

namespace tendril::term::detail {

/// Colours by their numbers.
void visit_palette(snapshot_writer& to, std::map<int, rgb> const& palette);
void visit_palette(snapshot_reader& from, std::map<int, rgb>& palette);

/// The settings, the stacks of titles and colours, the clipboard, and what has arrived of an image, a
/// notification or a VT52 cursor address.
void visit_choices(snapshot_writer& to, state const& s);
void visit_choices(snapshot_reader& from, state& s);

}  // namespace tendril::term::detail
