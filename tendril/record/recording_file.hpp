#pragma once

/// @file
/// A recording on its way to disk, safe against a crash at any moment.
/// Layer: record (base). Spec: docs/formats.md; open(2), write(2) O_APPEND, flock(2), ftruncate(2).

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>
#include <tendril/record/environment_policy.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/format.hpp>
#include <tendril/record/recording.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::record {

/// Writes a recording of one file: whole records, appended, at most a second behind.
///
/// It opens in two steps, so that a program that cannot be started leaves no trace: prepare() makes sure that
/// the file can be written, begin() gives up what it held. A new file that never began is removed again.
/// Time comes from the owner, as it does in the events: an event is on its way to the disk once a second has
/// passed since the oldest unwritten one, by the time of later events or of flush_if_due().
///
/// Ownership: owns the descriptor and holds an flock, so that no two recorders share a file.
/// Errors:    a failing write is returned, once for the whole recording. The file is cut back to what was
/// whole; what
///            comes later is dropped and counted. Once a second, by the time of the events, it is tried
///            whether there is room again; then a gap is written that says what is missing, and recording
///            goes on.
class recording_file {
public:
    /// Lines gather until they are this many bytes: one write for many reads of a flood.
    static constexpr std::size_t flush_bytes = 64 * 1024;

    /// What is packed gathers until it is this much: as much again would hardly pack better.
    static constexpr std::size_t packed_flush_bytes = 128 * 1024;

    /// Lines gather no longer than this.
    static constexpr moment flush_after = std::chrono::seconds(1);

    /// Opens @p path for writing and leaves what it holds. @p to is a format of one file. A new file has mode
    /// 0600: recordings hold secrets.
    ///
    /// Errors: the errno of open or flock; operation_would_block when another recorder has the file.
    [[nodiscard]] static result<recording_file>
    prepare(std::string path, format to = format::asciicast_v3,
            environment_policy environment = environment_policy::shell_and_term);

    recording_file(recording_file&& other) noexcept;
    recording_file& operator=(recording_file&& other) noexcept;
    ~recording_file();

    /// Empties the file and writes the header. Once. Errors: the errno of ftruncate; of write, after which
    /// the header is tried again like everything else.
    [[nodiscard]] result<void> begin(header const& from);

    /// Records what the program wrote. Errors: of all of these: errc::not_begun; the errno of write, once.
    [[nodiscard]] result<void> output(moment when, base::byte_view bytes);

    /// Records what was typed.
    [[nodiscard]] result<void> input(moment when, base::byte_view bytes);

    /// Records a place with a label.
    [[nodiscard]] result<void> mark(moment when, std::string_view label);

    /// Records a new size of the terminal.
    [[nodiscard]] result<void> resize(moment when, screen_size size);

    /// Records how the program ended.
    [[nodiscard]] result<void> exit(moment when, int status);

    /// When flush_if_due() has something to do; none while nothing waits.
    [[nodiscard]] std::optional<moment> flush_due() const noexcept;

    /// Writes what has waited for flush_after.
    [[nodiscard]] result<void> flush_if_due(moment now);

    /// Writes everything and closes. The destructor does the same, but cannot say what failed.
    [[nodiscard]] result<void> close();

    /// How many events were lost since a write failed.
    [[nodiscard]] std::uint64_t dropped_events() const noexcept { return dropped_events_; }

    /// How many bytes were not UTF-8 and stand as U+FFFD in the file.
    [[nodiscard]] std::uint64_t replaced_bytes() const noexcept { return writer_->replaced_bytes(); }

private:
    enum class origin { created, existed };
    enum class stage { prepared, begun, interrupted, failed, closed };

    recording_file(base::unique_fd file, std::string path, origin from, format to,
                   environment_policy environment);
    template <typename Append>
    result<void> append(moment when, Append&& append_lines);
    result<void> write(event const& happened);
    result<void> flush();
    void interrupt(error const& why);
    void start_again(moment when);

    base::unique_fd file_;
    std::string path_;
    origin origin_;
    stage stage_ = stage::prepared;
    std::unique_ptr<event_writer> writer_;
    header head_;
    bool is_packed_;
    bool has_header_ = false;
    bool has_complained_ = false;
    std::uint64_t whole_bytes_ = 0;     // of the file: up to here it is good
    std::uint64_t missing_events_ = 0;  // since the last gap
    std::string reason_;                // of the gap
    moment retry_at_{0};
    std::string waiting_;
    moment waiting_since_{0};
    std::uint64_t waiting_events_ = 0;
    std::uint64_t dropped_events_ = 0;
};

}  // namespace tendril::record
