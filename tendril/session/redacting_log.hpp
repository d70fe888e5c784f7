#pragma once

/// @file
/// A log that never sees what must not be kept. Layer: session (expect). Spec: parity row L09.

#include <tendril/expect/redactor.hpp>
#include <tendril/session/log.hpp>

#include <memory>
#include <string>

namespace tendril::session {

/// Passes everything on to another log, output without what the redactor takes out. A secret that is drawn
/// with escape sequences within it is not recognised.
///
/// What may be the beginning of a match reaches the other log with the output that follows it, or at the end.
class redacting_log final : public log {
public:
    redacting_log(std::shared_ptr<log> to, expect::redactor what);

    void output(moment when, base::byte_view bytes) override;
    void resized(moment when, pty::window_size size) override;
    void ended(moment when, process::exit_status how) override;

private:
    void pass(moment when);

    std::shared_ptr<log> to_;
    expect::redactor what_;
    std::string passed_;
};

}  // namespace tendril::session
