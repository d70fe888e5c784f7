#pragma once

/// @file
/// Writes asciicast recordings as text. Pure: no descriptors, no clock.
/// Layer: record (base). Spec: asciicast v2, v3 (docs.asciinema.org/manual/asciicast).

#include <tendril/base/bytes.hpp>
#include <tendril/record/environment_policy.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/recording.hpp>
#include <tendril/record/utf8_carry.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tendril::record {

/// What is written. v3 has relative times in milliseconds, v2 absolute ones in microseconds.
enum class asciicast_version { v2 = 2, v3 = 3 };

/// Asciicast, encoded: every call appends whole lines to the text it is given.
///
/// Asciicast is UTF-8 only: a character cut by the end of a chunk is written with the next chunk of the same
/// direction, whatever comes between; what is not UTF-8 becomes U+FFFD and is counted. Times are rounded
/// from the beginning, not from event to event, so nothing drifts; a time before the last one is taken as it.
///
/// Differences from the specification: v2 does not define `x`; it is written all the same, because a reader
/// must skip what it does not know. Tags are written in v2 too, for the same reason, and further metadata in
/// both. A gap is a marker whose label begins with gap_label.
class asciicast_writer final : public event_writer {
public:
    explicit asciicast_writer(asciicast_version version = asciicast_version::v3,
                              environment_policy environment = environment_policy::shell_and_term) noexcept
        : version_(version), environment_(environment)
    {
    }

    /// Writes the first line. Once, before everything else.
    void begin(header const& from, std::string& to) override;

    void output(moment when, base::byte_view bytes, std::string& to) override;

    /// Writes what was typed. Record it only when asked: passwords are typed too.
    void input(moment when, base::byte_view bytes, std::string& to);

    /// Writes a place with a label.
    void mark(moment when, std::string_view label, std::string& to);

    /// Writes that the terminal has a new size.
    void resize(moment when, screen_size size, std::string& to);

    /// Writes how the program ended, after what was still waiting for the rest of a character.
    void exit(moment when, int status, std::string& to);

    void write(event const& from, std::string& to) override;

    /// Writes what still waits for the rest of a character, as U+FFFD. The end of the recording.
    void finish(std::string& to) override;

    void commit() override { committed_ = written_; }
    void rewind() override;

    /// How many bytes of output and input were not UTF-8.
    [[nodiscard]] std::uint64_t replaced_bytes() const noexcept override
    {
        return output_.replaced_bytes() + input_.replaced_bytes();
    }

private:
    void stream(utf8_carry& through, moment when, std::string_view code, base::byte_view bytes,
                std::string& to);
    void line(moment when, std::string_view code, std::string_view text, std::string& to);
    void time(moment when, std::string& to);

    asciicast_version version_;
    environment_policy environment_;
    utf8_carry output_;
    utf8_carry input_;
    std::string text_;                      // of one event; kept for its memory
    moment latest_{0};                      // of any event, so that time never runs backwards
    std::chrono::milliseconds written_{0};  // v3: the sum of all intervals so far
    std::chrono::milliseconds committed_{0};
};

}  // namespace tendril::record
