#pragma once

/// @file
/// Hooks that see every program before it is started on a terminal, and can refuse it.
/// Layer: pty (base, io, process). Spec: Python's audit event "pty.spawn"; row P08.

#include <tendril/base/error.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace tendril::pty {

/// Looks at a command line; a set error_code refuses it and is what spawn() reports.
using audit_hook = std::function<error_code(std::span<std::string const> argv)>;

/// Keeps a hook registered; destroying it removes the hook.
class audit_registration {
public:
    explicit audit_registration(audit_hook hook);
    audit_registration(audit_registration const&) = delete;
    audit_registration& operator=(audit_registration const&) = delete;
    ~audit_registration();

private:
    std::shared_ptr<audit_hook const> hook_;  // shared with an audit that runs while the hook is removed
};

/// Asks every hook in the order of registration; the first refusal counts. Threads: safe from any thread.
[[nodiscard]] error_code audit(std::span<std::string const> argv);

}  // namespace tendril::pty
