#pragma once

/// @file
/// How a descriptor map of any shape becomes a list of duplications. Pure.
/// Layer: process (base, io). Spec: dup(2), fcntl(2) F_DUPFD_CLOEXEC, close_range(2); row C03.

#include <tendril/process/command.hpp>

#include <cstddef>
#include <expected>
#include <span>
#include <vector>

#include <boost/system/error_code.hpp>

namespace tendril::process::detail {

/// One step of the child, in the order in which they are listed.
struct descriptor_move {
    enum class kind {
        keep,     ///< clears close-on-exec of `from`
        save,     ///< duplicates `from` out of harm's way, into spare number `to`
        copy,     ///< makes `to` a duplicate of `from`
        restore,  ///< makes `to` a duplicate of spare number `from`
    };
    kind what;
    int from;
    int to;
};

/// Descriptors to close, both ends included.
struct descriptor_range {
    unsigned first;
    unsigned last;
};

/// Everything the child does to its descriptors.
struct descriptor_moves {
    std::vector<descriptor_move> moves;
    std::vector<descriptor_range> closed;  ///< whatever the map does not name, ascending; spares go there
    std::size_t spares = 0;                ///< how many are saved
};

/// Plans @p map. A source that is some other mapping's target is saved before anything is overwritten, so
/// cycles and overlaps need no special case. Errors: errc::duplicate_descriptor; bad_file_descriptor for a
/// negative number.
[[nodiscard]] std::expected<descriptor_moves, boost::system::error_code>
plan_moves(std::span<descriptor_mapping const> map);

}  // namespace tendril::process::detail
