#pragma once

/// @file
/// The options of a command as system calls made ready, with the memory that they point into.
/// Layer: process (base, io). Spec: credentials(7), umask(2), setpriority(2), prlimit(2), prctl(2); row C17.

#include <tendril/base/unique_fd.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/detail/child_linux.hpp>
#include <tendril/process/detail/system_call.hpp>
#include <tendril/process/spawn.hpp>
#include <tendril/process/spawn_error.hpp>

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tendril::process::detail {

/// Everything about a child but its program and descriptors. Its address is in the calls: it does not move.
class surroundings {
public:
    /// Freezes the options of @p what. Errors: step::cgroup when it cannot be opened.
    [[nodiscard]] static std::expected<std::unique_ptr<surroundings>, spawn_error> of(command const& what);

    surroundings(surroundings const&) = delete;
    surroundings& operator=(surroundings const&) = delete;

    /// Has @p plan carry them out. Lifetime: `*this` outlives every start of the plan.
    void enter_into(child_plan& plan) const noexcept;

    /// What a refusal is about, for messages: a directory, a user, a limit.
    [[nodiscard]] std::string detail_of(spawn_refusal const& why) const;

private:
    explicit surroundings(command const& what);
    void list_calls(command const& what);

    std::optional<std::string> working_directory_;
    std::vector<resource_limit> limits_;
    std::vector<unsigned long> processors_;  // a bit each, as sched_setaffinity takes them
    std::string oom_score_;
    std::optional<identity> user_;
    std::optional<std::string> cgroup_path_;
    base::unique_fd cgroup_;
    int foreground_terminal_;
    int parent_death_signal_;
    std::vector<system_call> before_descriptors_;
    std::vector<system_call> after_descriptors_;
};

}  // namespace tendril::process::detail
