#pragma once

/// @file
/// A recording that is made complete once the session is over. Layer: session (base, io, record).
/// Spec: parity rows L03 and M09.

#include <tendril/io/executor.hpp>
#include <tendril/record/finalise.hpp>
#include <tendril/session/recording_log.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace tendril::session {

/// How a recording is finalised.
struct finalising {
    std::string path;                          ///< of the recording
    std::map<std::string, std::string> facts;  ///< for its metadata: user, term_id
    /// Where the blocking work is done, such as a thread pool of one. Its context outlives the work.
    io::executor background;
    /// Told how it went, on the session's executor, which has work until then. May be empty.
    std::function<void(result<record::finalised>)> on_done;
};

/// Records, and finalises the recording when the session has ended or the log is dropped; once.
class finalising_log final : public log {
public:
    /// Lifetime: the context of @p on outlives the finalising.
    finalising_log(io::executor on, std::unique_ptr<recording_log> recording, finalising how);
    ~finalising_log() override;

    void output(moment when, base::byte_view bytes) override;
    void resized(moment when, pty::window_size size) override;
    void ended(moment when, process::exit_status how) override;

    /// As recording_log::problem(), also of what closing the recording found.
    [[nodiscard]] std::optional<std::string> problem() const;

private:
    void finish();

    io::executor on_;
    std::unique_ptr<recording_log> recording_;  // until it is closed
    std::optional<std::string> problem_;        // of the one that was closed
    finalising how_;
};

}  // namespace tendril::session
