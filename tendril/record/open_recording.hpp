#pragma once

/// @file
/// A recording being read from its file. Blocking. Layer: record (base).

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/record/recording_reader.hpp>

#include <optional>
#include <string>

namespace tendril::record {

/// A file, and the reader that it feeds. Ownership: of the file that it opened.
class open_recording {
public:
    /// Opens @p path. Errors: the errno of open.
    [[nodiscard]] static result<open_recording> open(std::string const& path,
                                                     typescript_companions companions = {});

    /// Reads from @p descriptor, which is lent; @p name is for messages.
    open_recording(int descriptor, std::string name, typescript_companions companions = {});

    /// The next event; none at the end. Blocks. Errors: of read; as recording_reader::next.
    [[nodiscard]] result<std::optional<event>> next();

    [[nodiscard]] recording_reader& reader() noexcept { return reader_; }

private:
    base::unique_fd owned_;
    int from_;
    std::string name_;
    recording_reader reader_;
    bool is_done_ = false;
};

}  // namespace tendril::record
