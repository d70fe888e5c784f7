#pragma once

/// @file
/// The formats of recordings: their names, what each can say, and a writer for each.
/// Layer: record (base). Design: docs/formats.md, docs/adr/0021-one-model-of-a-recording.md.

#include <tendril/record/environment_policy.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/recording.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record {

enum class format { asciicast_v1, asciicast_v2, asciicast_v3, golog, typescript, typescript_streams, ttyrec };

/// What a format can say beside output and its times.
struct capabilities {
    std::string_view name;  ///< as users write it
    bool is_written = true;
    bool bytes = true;  ///< output that is not UTF-8
    bool input = true;
    bool resize = true;
    bool markers = true;  ///< and gaps, and events that we do not know
    bool exit = true;
    bool began = true;
    bool titles = true;  ///< title, command, environment, theme, tags, further metadata
    bool command = true;
};

/// What @p of can say.
[[nodiscard]] capabilities const& capabilities_of(format of) noexcept;

/// The format that @p name names; none when there is no such.
[[nodiscard]] std::optional<format> parse_format(std::string_view name) noexcept;

/// The names of all formats that can be written, in the order of the enumeration.
[[nodiscard]] std::vector<std::string> writable_formats();

/// A writer of @p to. Precondition: the format is written.
[[nodiscard]] std::unique_ptr<event_writer>
make_writer(format to, environment_policy environment = environment_policy::shell_and_term);

/// Counts what a recording loses on its way into a format.
class loss {
public:
    explicit loss(format to) noexcept : can_(capabilities_of(to)) {}

    void count(header const& head);
    void count(event const& happened) noexcept;

    /// What is lost, as one line for a person; empty when nothing is. @p replaced_bytes is the writer's.
    [[nodiscard]] std::string text(std::uint64_t replaced_bytes) const;

private:
    capabilities can_;
    std::vector<std::string> members_;
    std::array<std::uint64_t, 7> events_{};  // by kind
};

}  // namespace tendril::record
