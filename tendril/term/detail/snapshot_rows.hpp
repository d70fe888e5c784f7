#pragma once

/// @file
/// Lines in a snapshot, and the tables that their cells refer to.
/// Layer: term. Spec: docs/layers/term.md, "Snapshots".

#include <tendril/term/detail/snapshot_codec.hpp>
#include <tendril/term/detail/state.hpp>

#include <cstdint>
#include <vector>

namespace tendril::term::detail {

/// Numbers of one side by numbers of the other; a snapshot numbers without gaps. 0 stays 0.
struct table_numbers {
    std::vector<std::uint32_t> clusters{0};
    std::vector<std::uint32_t> decorations{0};
    std::vector<std::uint32_t> links{0};
};

/// The three tables. Returns what each number is called on the other side.
[[nodiscard]] table_numbers write_tables(snapshot_writer& to, state const& from);
[[nodiscard]] table_numbers read_tables(snapshot_reader& from, state& to);

void write_row(snapshot_writer& to, row const& line, table_numbers const& names);

/// Reads a line of at most @p columns into @p line, which is overwritten.
void read_row(snapshot_reader& from, row& line, int columns, table_numbers const& names);

}  // namespace tendril::term::detail
