#pragma once

/// @file
/// What a test case left behind: descriptors, children, and orphans, which Linux hands to a subreaper.
/// Layer: tests. Spec: prctl(2) PR_SET_CHILD_SUBREAPER; proc(5) /proc/PID/task/TID/children.

#include <map>
#include <optional>
#include <string>

#include <sys/types.h>

namespace tendril::tests {

/// Splits the process: the returned one runs the tests, the caller's own waits for it as the subreaper of
/// whatever the tests lose, and ends as it ends. Call it before any thread is started.
class warden {
public:
    warden();
    warden(warden const&) = delete;
    warden& operator=(warden const&) = delete;
    ~warden();

    /// The orphans that are still there after five seconds, by pid and name; empty if there are none.
    [[nodiscard]] std::string orphans() const;

private:
    int channel_ = -1;
};

/// What this process has open, each number with what it leads to.
using descriptor_list = std::map<int, std::string>;
[[nodiscard]] descriptor_list open_descriptors();

/// The difference between two lists in words; empty if there is none.
[[nodiscard]] std::string difference(descriptor_list const& before, descriptor_list const& after);

/// The children of this process, dead or alive, in words; empty if there are none. They are killed and
/// reaped, so that the next test case does not answer for them.
[[nodiscard]] std::string remove_children();

}  // namespace tendril::tests
