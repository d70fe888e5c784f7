#pragma once

/// @file
/// The session logs of Gate One, uncompressed: frames `millis:bytes`, each ended by U+F0F0F, the first one
/// JSON. Pure. Layer: record (base). Spec: Gate One 1.2 termio, class Multiplex; docs/formats.md.

#include <tendril/base/error.hpp>
#include <tendril/record/environment_policy.hpp>
#include <tendril/record/event_reader.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/recording.hpp>
#include <tendril/record/warning_list.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::record {

/// When a recording begins whose beginning is unknown: the first second that has 13 digits.
inline constexpr std::int64_t golog_unknown_beginning = 1'000'000'000'000;

/// What ends a frame: U+F0F0F in UTF-8.
inline constexpr std::string_view golog_separator = "\xf3\xb0\xbc\x8f";

/// Frames, decoded. The gzip around them is recording_reader's work.
///
/// A file may be cut anywhere: it is read up to its last whole frame. A frame without a time is the rest of
/// one whose output held the separator, as Gate One writes it, and is read as that. At most
/// `longest_frame_bytes` and the last push are held in memory.
///
/// Differences from Gate One: frames that hold nothing but an extension (golog_writer) are read as the event.
class golog_reader final : public event_reader {
public:
    static constexpr std::size_t longest_frame_bytes = 16 * 1024 * 1024;

    /// Errors will name the recording @p name.
    explicit golog_reader(std::string name = "the recording");

    void push(std::string_view bytes) override;
    void finish() noexcept override { is_finished_ = true; }
    void skip() override;
    [[nodiscard]] result<std::optional<event>> next() override;
    [[nodiscard]] std::optional<header> const& head() const noexcept override { return head_; }
    [[nodiscard]] std::vector<std::string> take_warnings() override { return warnings_.take(); }

private:
    std::optional<std::string_view> take_frame();
    std::optional<event> read_first(std::string_view frame);
    event read_frame(std::string_view frame);
    moment since_beginning(std::int64_t millis);
    void warn(std::string what);
    std::unexpected<error> fail(error_code why);

    std::string name_;
    std::string buffer_;
    std::size_t consumed_ = 0;  // of buffer_: frames already read
    std::size_t searched_ = 0;  // of buffer_: known to hold no separator
    std::uint64_t frame_number_ = 0;
    bool is_finished_ = false;
    std::optional<header> head_;
    std::int64_t began_millis_ = 0;
    moment now_{0};
    warning_list warnings_;
    std::optional<error> failed_;
};

/// Frames, encoded. Bytes are kept exactly: output that holds the separator is cut inside it into two frames.
///
/// What Gate One has no frame for - input, sizes, markers, gaps, the exit status - is a frame that holds only
/// `ESC ] _ ; tendril|KIND|TEXT BEL`, the special sequence of Gate One's plugins: it and every other terminal
/// ignore one that they do not know. The first frame also holds the asciicast header, so that nothing of it
/// is lost. Times are milliseconds since the epoch; a recording whose beginning is unknown begins in
/// September 2001, the first second that has 13 digits.
class golog_writer final : public event_writer {
public:
    explicit golog_writer(environment_policy environment = environment_policy::shell_and_term) noexcept
        : environment_(environment)
    {
    }

    void begin(header const& from, std::string& to) override;
    void output(moment when, base::byte_view bytes, std::string& to) override;
    void write(event const& from, std::string& to) override;
    void finish(std::string&) override {}

private:
    void frame(moment when, std::string_view bytes, std::string& to);

    environment_policy environment_;
    std::int64_t began_millis_ = 0;
    moment latest_{0};
};

}  // namespace tendril::record
