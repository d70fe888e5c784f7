#pragma once

/// @file
/// Reads asciicast recordings as their bytes arrive. Pure: no descriptors, no clock.
/// Layer: record (base). Spec: asciicast v1, v2, v3 (docs.asciinema.org/manual/asciicast).

#include <tendril/base/error.hpp>
#include <tendril/record/event_reader.hpp>
#include <tendril/record/recording.hpp>
#include <tendril/record/warning_list.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record {

/// Asciicast, decoded: a header and then events, in any chunking of the bytes.
///
/// Total: any input gives events, warnings or one error, and at most `longest_line_bytes` and the last push
/// are held in memory. What can be put right is, with a warning: times that are negative, run backwards or
/// are absurd, sizes beyond a real screen, invalid UTF-8, and a last line cut off by a crash.
///
/// Differences from the specification: comments are allowed in v2 too, as are empty lines; `x` is read as an
/// exit in every version; a v1 file is one JSON document, so its events come after finish() only.
class asciicast_reader final : public event_reader {
public:
    /// A line holds one read of the recorder; the largest seen in the wild are below 1 MiB.
    static constexpr std::size_t longest_line_bytes = 16 * 1024 * 1024;

    /// Errors will name the recording @p name.
    explicit asciicast_reader(std::string name = "the recording");

    void push(std::string_view bytes) override;
    void finish() noexcept override { is_finished_ = true; }
    [[nodiscard]] result<std::optional<event>> next() override;
    [[nodiscard]] std::optional<header> const& head() const noexcept override { return head_; }
    [[nodiscard]] std::vector<std::string> take_warnings() override { return warnings_.take(); }

private:
    struct line {
        std::string_view text;
        bool is_torn = false;  // the file ends without an end of line
    };

    std::optional<line> take_line();
    result<std::optional<event>> read_whole_document();
    std::optional<error> read_header(line const& first);
    std::optional<error> read_event(line const& from, std::optional<event>& into);
    moment advance(double seconds);
    void set_size(event& resize);
    void warn(std::string what);
    error fail(error_code why);

    std::string name_;
    std::string buffer_;
    std::size_t consumed_ = 0;  // of buffer_: lines already read
    std::size_t searched_ = 0;  // of buffer_: known to hold no end of line
    std::uint64_t line_number_ = 0;
    bool is_finished_ = false;
    bool is_one_document_ = false;  // version 1
    std::optional<header> head_;
    std::deque<event> queued_;  // of a version 1 document
    std::chrono::nanoseconds now_{0};
    warning_list warnings_;
    std::optional<error> failed_;
};

/// Reads all of @p text. Errors: as asciicast_reader::next.
[[nodiscard]] result<recording> read_asciicast(std::string_view text, std::string name = "the recording");

}  // namespace tendril::record
