#pragma once

/// @file
/// The recordings of a folder, and a full-text index of what was on their screens.
/// Layer: archive (base, record, term). Spec: docs/guide/log.md. Design:
/// docs/adr/0028-index-of-recordings.md.

#include <tendril/base/error.hpp>
#include <tendril/record/recording.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::archive {

/// One recording, as the index knows it.
struct entry {
    std::string path;    ///< below the folder
    std::string format;  ///< as record::capabilities names it; empty when it could not be told
    std::chrono::sys_time<record::moment> began;  ///< from the recording; else when the file was last written
    record::moment length{0};
    std::uint64_t bytes = 0;  ///< of the file
    record::screen_size size;
    std::string title;
    std::string command;
    std::string user;
    std::uint64_t lines = 0;  ///< of text in the index
    std::string trouble;      ///< why not all of it could be read; empty when it could
};

/// A line that was found.
struct finding {
    std::string path;
    record::moment at{0};
    std::string text;
    bool in_header = false;  ///< the text is what the recording says about itself
};

/// What a look at the folder changed.
struct refreshment {
    std::size_t added = 0;
    std::size_t updated = 0;
    std::size_t removed = 0;
    std::vector<std::string> troubles;  ///< a line each for what could not be read; the rest of it is in
};

/// The index of one folder. It holds nothing that is not in the recordings, so it may be deleted at any time.
///
/// Threads:  one at a time; several processes may use one index.
/// Ownership: the file of the index stays; it is readable by its owner only.
class catalog {
public:
    /// Opens the index of @p folder, made anew if there is none, if it is damaged or of another version.
    /// @p index is the folder for indexes: by default that of the user's caches ($XDG_CACHE_HOME, XDG Base
    /// Directory Specification). Errors: of either folder; SQLite's.
    [[nodiscard]] static result<catalog> open(std::string const& folder, std::string const& index = {});

    catalog(catalog&&) noexcept;
    catalog& operator=(catalog&&) noexcept;
    ~catalog();

    /// Reads what is new or has changed in the folder and below it, and forgets what is gone. Hidden files
    /// and folders are passed over, and so are files whose name is not that of a recording. A recording that
    /// cannot be read to its end is in with what could be read. Waits while another process does the same;
    /// what was read before an interruption is kept. Cost: two system calls a file, then that of playing what
    /// is new.
    [[nodiscard]] result<refreshment> refresh();

    /// All recordings, the latest first.
    [[nodiscard]] result<std::vector<entry>> entries();

    /// Calls @p take for each line that has the words of @p text one behind the other, until it returns
    /// false. Case and accents do not count; the last word may go on. Order: by recording, then by time.
    /// Others may write into the index meanwhile, also while @p take takes its time: a recording that changes
    /// may come twice, the second time as it has become.
    [[nodiscard]] result<void> search(std::string_view text, std::function<bool(finding const&)> const& take);

private:
    struct state;
    explicit catalog(std::unique_ptr<state> opened) noexcept;

    std::unique_ptr<state> state_;
};

/// Whether @p name looks like a recording's: .cast, .golog, .ttyrec, .tty, .typescript, gzipped or not, or
/// typescript.
[[nodiscard]] bool is_recording_name(std::string_view name) noexcept;

}  // namespace tendril::archive
