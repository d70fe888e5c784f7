#pragma once

/// @file
/// A session's log as a recording in a file. Layer: session (base, io, record). Spec: parity rows L01, L04.

#include <tendril/io/executor.hpp>
#include <tendril/record/recording_file.hpp>
#include <tendril/session/log.hpp>

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/steady_timer.hpp>

namespace tendril::session {

/// Records into a file that is never more than a second behind.
///
/// Errors: a failing write makes a gap in the recording and never ends the session; problem() tells the
/// first.
class recording_log final : public log {
public:
    /// Takes over @p begun, whose header is written or could not be, for the reason @p problem.
    /// Lifetime: the executor's context outlives the object.
    recording_log(io::executor on, record::recording_file begun,
                  std::optional<std::string> problem = std::nullopt);
    ~recording_log() override;

    void output(moment when, base::byte_view bytes) override;
    void resized(moment when, pty::window_size size) override;
    void ended(moment when, process::exit_status how) override;

    /// Writes everything and closes the file.
    void close();

    /// Why the recording is incomplete; empty while all is well.
    [[nodiscard]] std::optional<std::string> problem() const;

private:
    void note(moment when, result<void> outcome);
    void flush_later(moment when);

    record::recording_file file_;
    std::optional<std::string> problem_;
    asio::steady_timer flush_;
    bool flush_armed_ = false;
    std::shared_ptr<void> here_ = std::make_shared<char>();  // a timer that has run out may outlive us
};

}  // namespace tendril::session
