#pragma once

/// @file
/// What every writer of recordings is. Pure: no descriptors, no clock. Layer: record (base).

#include <tendril/base/bytes.hpp>
#include <tendril/record/recording.hpp>

#include <cstdint>
#include <string>

namespace tendril::record {

/// A recording, encoded: every call appends whole records to the text it is given.
///
/// Whatever a format cannot say is left out; capabilities_of() in format.hpp tells it beforehand.
class event_writer {
public:
    virtual ~event_writer() = default;

    /// Writes what stands before the first event. Once, before everything else.
    virtual void begin(header const& from, std::string& to) = 0;

    /// Writes what the program wrote.
    virtual void output(moment when, base::byte_view bytes, std::string& to) = 0;

    /// Writes any event, for example one of a recording being converted.
    virtual void write(event const& from, std::string& to) = 0;

    /// Writes what is still held back. The end of the recording.
    virtual void finish(std::string& to) = 0;

    /// Says that everything so far has reached the file.
    virtual void commit() {}

    /// Says that nothing since the last commit() has reached the file; what comes is written as if it had not
    /// been.
    virtual void rewind() {}

    /// How many bytes of output and input could not be said as they are.
    [[nodiscard]] virtual std::uint64_t replaced_bytes() const noexcept { return 0; }

protected:
    event_writer() = default;
    event_writer(event_writer const&) = default;
    event_writer& operator=(event_writer const&) = default;
};

}  // namespace tendril::record
