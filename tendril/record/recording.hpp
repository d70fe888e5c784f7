#pragma once

/// @file
/// What a recording of a terminal consists of, whatever file it came from.
/// Layer: record (base). Spec: asciicast v2 and v3; docs of tendril/record/README.md.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record {

/// Time since the recording began; six decimals are what asciicast v2 can say.
using moment = std::chrono::microseconds;

/// Cells of a terminal.
struct screen_size {
    std::uint16_t columns = 80;
    std::uint16_t rows = 24;
    bool operator==(screen_size const&) const = default;
};

/// The largest screen a recording may ask for: beyond any real one, small enough to be held in memory.
inline constexpr screen_size largest_screen{1000, 1000};

/// Times are clamped to this: ten years, far inside what a double says to the microsecond.
inline constexpr moment longest_recording = std::chrono::hours(24 * 3650);

/// A colour of a theme.
struct colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    bool operator==(colour const&) const = default;
};

/// The colours the recorded terminal had.
struct theme {
    colour foreground;
    colour background;
    std::vector<colour> palette;  ///< 8 or 16 colours
    bool operator==(theme const&) const = default;
};

/// What is known about a recording before its first event.
struct header {
    int version = 3;  ///< of the file it was read from; a writer has its own
    screen_size size;
    std::string terminal_type;     ///< what TERM was
    std::string terminal_version;  ///< the terminal's own name and version (XTVERSION)
    std::optional<theme> colours;
    std::optional<std::chrono::sys_time<moment>> began;
    std::optional<moment> duration;
    std::optional<moment> idle_time_limit;  ///< a player should not wait longer than this
    std::string command;
    std::string title;
    std::map<std::string, std::string> environment;
    std::vector<std::string> tags;
    std::map<std::string, std::string> more;  ///< what else is said about it: user, term_id, end_date, ...
    bool operator==(header const&) const = default;
};

/// What happened.
enum class event_kind {
    output,  ///< the program wrote `text`
    input,   ///< somebody typed `text`
    marker,  ///< a place with the label `text`
    resize,  ///< the terminal became `size`
    gap,     ///< events are missing before this moment, for the reason `text`
    exit,    ///< the program ended with the status `text`, a decimal number
    other,   ///< something we do not know, named by `code`: pass it on
};

/// How formats that know markers but no gaps say a gap: a marker with this before its text.
inline constexpr std::string_view gap_label = "recording gap: ";

/// One thing that happened while recording.
///
/// Units: `text` of output and input are the bytes themselves where the format can say them, UTF-8 elsewhere.
struct event {
    moment time{0};
    event_kind kind = event_kind::output;
    std::string text;
    screen_size size{};  ///< of a resize only
    std::string code{};  ///< of event_kind::other only
    bool operator==(event const&) const = default;
};

/// A whole recording in memory.
struct recording {
    header head;
    std::vector<event> events;
    std::vector<std::string> warnings;  ///< what a reader put right, one line each
};

/// Says a colour as asciicast and OSC 4 do: "#rrggbb".
[[nodiscard]] std::string to_string(colour of);

/// Says a size as asciicast does: "80x24".
[[nodiscard]] std::string to_string(screen_size size);

/// Reads "80x24", clamped to 1x1 and largest_screen. Empty when it is no size at all.
[[nodiscard]] std::optional<screen_size> parse_size(std::string_view text) noexcept;

}  // namespace tendril::record
