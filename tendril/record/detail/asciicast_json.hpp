#pragma once

/// @file
/// The JSON of asciicast: headers and event lines as values. Private to the layer, so that Boost.JSON is not
/// in its interface. Layer: record (base). Spec: asciicast v1, v2, v3.

#include <tendril/record/environment_policy.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/recording.hpp>

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record::detail {

/// Where a decoder says what it put right.
using warn_sink = std::function<void(std::string)>;

/// How a first line was understood.
enum class first_line {
    header,          ///< of version 2 or 3
    whole_document,  ///< version 1, or JSON that goes on in the next line: read everything first
};

/// An event line as it is written, before times and sizes are checked.
struct raw_event {
    double seconds = 0;  ///< since the beginning or since the last event; may be infinite
    std::string code;
    std::string text;
};

/// Reads the first line; @p into is complete for first_line::header only.
[[nodiscard]] std::expected<first_line, errc> read_header(std::string_view line, header& into,
                                                          warn_sink const& warn);

/// Reads one event line.
[[nodiscard]] std::expected<raw_event, errc> read_event(std::string_view line, warn_sink const& warn);

/// Reads a version 1 document.
[[nodiscard]] std::expected<std::vector<raw_event>, errc> read_document(std::string_view text, header& into,
                                                                        warn_sink const& warn);

/// Appends @p text as a JSON string.
void append_string(std::string& to, std::string_view text);

/// The header line of @p version, without its end of line.
[[nodiscard]] std::string header_line(header const& from, int version, environment_policy policy);

}  // namespace tendril::record::detail
