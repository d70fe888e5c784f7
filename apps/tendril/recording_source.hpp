#pragma once

/// @file
/// The recording that a verb reads: which options name it, and its file. Layer: apps.

#include <tendril/base/error.hpp>
#include <tendril/record/open_recording.hpp>

#include <cstddef>
#include <string>

namespace CLI {
class App;
}

namespace tendril::app {

/// What the command line says about the recording.
struct recording_source {
    std::string path;    ///< "-" is standard input
    std::string timing;  ///< of a typescript; empty: PATH.timing, where there is one
    std::string input;   ///< the input log of a typescript

    /// Adds FILE, --timing and --input-log to @p line.
    void add_to(CLI::App& line);

    /// The name for messages.
    [[nodiscard]] std::string name() const;

    /// Reads the companions of a typescript. Errors: of a named file that cannot be read.
    [[nodiscard]] result<record::typescript_companions> companions() const;

    /// Opens it. Errors: the errno of open; of the companions.
    [[nodiscard]] result<record::open_recording> open() const;
};

/// All of a recording, up to @p limit_bytes of text; what is beyond is left out with a warning.
[[nodiscard]] result<record::recording> load(recording_source const& from, std::size_t limit_bytes);

}  // namespace tendril::app
