#pragma once

/// @file
/// Recordings on their way into the index. Layer: archive (record, term).

#include <tendril/archive/detail/database.hpp>
#include <tendril/archive/detail/folder.hpp>
#include <tendril/archive/transcript.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tendril::archive::detail {

/// Plays recordings and writes their lines. What was not finished is not in the index.
class intake {
public:
    [[nodiscard]] static result<intake> into(database& index);

    /// Removes a recording and its lines.
    [[nodiscard]] result<void> forget(std::int64_t recording);

    /// Plays @p file in @p folder. Returns what was wrong with it, empty when nothing was. Errors: the
    /// index's.
    [[nodiscard]] result<std::string> take(std::string const& folder, seen_file const& file);

    [[nodiscard]] result<void> finish();

private:
    struct played;

    intake(database& index, transaction unit, std::int64_t last_id);

    [[nodiscard]] result<void> write_lines(std::int64_t recording, std::vector<timed_line>& lines,
                                           std::uint64_t& count);
    [[nodiscard]] result<std::string> play(std::string const& path, std::int64_t recording, played& into);
    [[nodiscard]] result<void> write_recording(std::int64_t recording, seen_file const& file,
                                               played const& what, std::string const& trouble);

    database* index_;
    transaction unit_;
    std::int64_t last_id_;
    statement insert_line_;
};

}  // namespace tendril::archive::detail
