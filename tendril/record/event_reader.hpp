#pragma once

/// @file
/// What every reader of recordings is. Pure: no descriptors, no clock. Layer: record (base).

#include <tendril/base/error.hpp>
#include <tendril/record/recording.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::record {

/// A recording, decoded as its bytes arrive: a header, then events.
///
/// Total: any bytes in any chunking give events, warnings or one error; each reader states what it holds in
/// memory. What can be put right is, with a warning.
class event_reader {
public:
    virtual ~event_reader() = default;

    /// Takes more of the file.
    virtual void push(std::string_view bytes) = 0;

    /// Says that there is no more.
    virtual void finish() noexcept = 0;

    /// Says that bytes are missing between the last push() and the next one.
    virtual void skip() {}

    /// The next event; none: push more, or after finish() the end.
    ///
    /// Errors: errc, with the place in the attempt; the same again at every later call.
    [[nodiscard]] virtual result<std::optional<event>> next() = 0;

    /// What the file says about itself; none until next() has seen it.
    [[nodiscard]] virtual std::optional<header> const& head() const noexcept = 0;

    /// What was put right since the last call, one line each; a flood of them is cut short and counted.
    [[nodiscard]] virtual std::vector<std::string> take_warnings() = 0;

protected:
    event_reader() = default;
    event_reader(event_reader const&) = default;
    event_reader& operator=(event_reader const&) = default;
};

/// Reads all of @p text with @p reader. Errors: as event_reader::next.
[[nodiscard]] result<recording> read_all(event_reader& reader, std::string_view text);

}  // namespace tendril::record
