#pragma once

/// @file
/// A recording that has ended, made complete: how it ended in its metadata, and packed well.
/// Layer: record (base). Spec: Gate One 1.2, get_or_update_metadata; parity L03; rename(2).

#include <tendril/base/error.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace tendril::record {

/// What finalise() has found or written.
struct finalised {
    std::map<std::string, std::string> metadata;  ///< end_date, duration, frames, exit_status, ...
    bool was_complete = false;                    ///< it had been finalised before; nothing was written
};

/// Adds end_date, duration, frames (all of them), exit_status, connect_string and @p facts, such as user and
/// term_id, to the metadata of the recording at @p path, and packs a golog anew. The new file takes the place
/// of the old one at once; until then the old one is there, as it is when this is killed.
///
/// A recording that has an end_date is left as it is. For golog and asciicast; others have no place for it.
/// Blocking, for seconds on a large recording, in bounded memory: call it on a thread of its own, for example
/// by posting it to a thread pool. No recorder may still write the file.
///
/// Errors: of reading the recording; of writing beside it; operation_would_block while a recorder has it;
///         errc::unsupported_version for a format without metadata.
[[nodiscard]] result<finalised> finalise(std::string const& path,
                                         std::map<std::string, std::string> const& facts = {});

}  // namespace tendril::record
