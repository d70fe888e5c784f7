#pragma once

/// @file
/// Writes what script(1) writes and scriptreplay(1) reads: a typescript and its timing. Pure.
/// Layer: record (base). Spec: util-linux 2.38 script(1), scriptreplay(1); docs/formats.md.

#include <tendril/base/bytes.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/recording.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace tendril::record {

/// The form of the timing.
enum class typescript_form {
    classic,  ///< output only: `script --timing`
    streams,  ///< output, input, sizes, signals: `script --logging-format advanced`, all in one log
};

/// A typescript, encoded; the typescript itself is what is appended, the timing is taken from take_timing().
///
/// Bytes are kept exactly, times to the microsecond. An unknown beginning is written as that of the epoch.
class typescript_writer final : public event_writer {
public:
    /// Files are named in the timing's header: @p log is the typescript, @p timing the timing file.
    explicit typescript_writer(typescript_form form, std::string log = "typescript",
                               std::string timing = "typescript.timing") noexcept
        : form_(form), log_(std::move(log)), timing_name_(std::move(timing))
    {
    }

    void begin(header const& from, std::string& to) override;
    void output(moment when, base::byte_view bytes, std::string& to) override;
    void write(event const& from, std::string& to) override;
    void finish(std::string& to) override;

    /// The timing since the last call.
    [[nodiscard]] std::string take_timing() { return std::exchange(timing_, {}); }

private:
    void entry(char kind, moment when, std::string_view rest);
    void header_entry(std::string_view key, std::string_view value);

    typescript_form form_;
    std::string log_;
    std::string timing_name_;
    std::string timing_;
    std::string status_;
    std::chrono::sys_time<moment> began_{};
    moment latest_{0};
    moment ended_{0};
};

}  // namespace tendril::record
