#pragma once

/// @file
/// Recordings on their way into the index. Layer: archive (record, term).

#include <tendril/archive/detail/database.hpp>
#include <tendril/archive/detail/folder.hpp>
#include <tendril/archive/transcript.hpp>
#include <tendril/record/recording.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tendril::archive::detail {

/// Plays recordings and writes their lines, in transactions of a fraction of a second each: others who use
/// the index wait no longer, and who is interrupted loses no more. One process at a time, see
/// catalog::refresh.
///
/// A recording that is not finished stands there with unfinished_bytes: it is not shown, and read again.
class intake {
public:
    [[nodiscard]] static result<intake> into(database& index);

    /// Removes a recording and its lines.
    [[nodiscard]] result<void> forget(std::int64_t recording);

    /// Plays @p file in @p folder. Returns what was wrong with it, empty when nothing was. Errors: the
    /// index's.
    [[nodiscard]] result<std::string> take(std::string const& folder, seen_file const& file);

    /// Makes sure of what was done.
    [[nodiscard]] result<void> finish();

private:
    struct played;

    intake(database& index, std::int64_t last_id) noexcept : index_(&index), last_id_(last_id) {}

    [[nodiscard]] result<void> write_lines(std::int64_t recording, std::vector<timed_line>& lines,
                                           played& what);
    [[nodiscard]] result<std::string> play(std::string const& path, std::int64_t recording, played& into);
    [[nodiscard]] result<void> write_recording(std::int64_t recording, seen_file const& file,
                                               played const& what, std::string const& trouble);
    [[nodiscard]] result<void> write_header(std::int64_t recording, record::header const& head);

    [[nodiscard]] result<void> begin();
    [[nodiscard]] result<void> keep_short();

    database* index_;
    std::int64_t last_id_;
    std::optional<transaction> unit_;
    std::chrono::steady_clock::time_point unit_began_;
    statement insert_line_;
};

}  // namespace tendril::archive::detail
