#pragma once

/// @file
/// The copying of a blocking spawn: our ends, the master, the program's end and our window size in one poll
/// loop. Layer: pty (base, io, process). Spec: rows P03, P04, P06, P07.

#include <tendril/base/unique_fd.hpp>
#include <tendril/process/exit_status.hpp>
#include <tendril/process/spawn.hpp>
#include <tendril/pty/canonical_slices.hpp>
#include <tendril/pty/detail/resize_watch.hpp>
#include <tendril/pty/spawn.hpp>

#include <array>
#include <string>

#include <poll.h>

namespace tendril::pty::detail {

/// One direction: what is read and not yet written, at most `high_water_bytes` and one chunk.
struct copy_queue {
    static constexpr std::size_t high_water_bytes = 64 * 1024 - 4096;

    std::string waiting;
    std::size_t written = 0;  ///< of waiting
    bool ended = false;       ///< nothing more will be read

    [[nodiscard]] bool empty() const noexcept { return written == waiting.size(); }
    [[nodiscard]] bool has_room() const noexcept { return waiting.size() - written < high_water_bytes; }
    [[nodiscard]] base::byte_view rest() const noexcept;
    void push(std::string_view bytes);
    void pop(std::size_t count) noexcept;
    void shut() noexcept;  ///< drops what waits; nothing more is read
};

/// Copies until the program has ended and its output is drained.
class copy_loop {
public:
    copy_loop(base::unique_fd master, process::spawned& program, spawn_ends ends, chunk_filter master_read,
              chunk_filter stdin_read);

    /// Runs to the end, following the size of our terminal whenever @p resized says that it changed.
    /// Errors: the errno of poll, or of writing to our output.
    [[nodiscard]] result<process::exit_status> run(resize_watch& resized);

private:
    enum place : std::size_t { at_input, at_output, at_master, at_program, at_resize, places };

    [[nodiscard]] std::array<::pollfd, places> interests(resize_watch const& resized) const noexcept;
    void read_input();
    void end_input();
    void read_master();
    void write_master();
    [[nodiscard]] result<void> write_output();
    void see_end();
    void follow_size();
    void refresh_attributes();
    [[nodiscard]] bool finished() const noexcept;

    base::unique_fd master_;
    process::spawned* program_;
    spawn_ends ends_;
    chunk_filter filter_output_;
    chunk_filter filter_input_;
    canonical_slices slices_;
    bool canonical_ = true;
    copy_queue to_program_;
    copy_queue to_output_;
    bool output_unwanted_ = false;  // the filter declared its end: read on, so that the program never blocks
    bool over_ = false;             // the program is reaped
    process::exit_status status_;
    error_code lost_;
};

}  // namespace tendril::pty::detail
