#pragma once

/// @file
/// What to run and in which surroundings. A plain value; nothing happens before it is spawned.
/// Layer: process (base, io). Spec: execve(2), credentials(7), parity rows C01, C03, C15 and C17.

#include <tendril/process/identity.hpp>
#include <tendril/process/redirection.hpp>
#include <tendril/process/resource_limit.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace tendril::process {

/// True for "NAME=value" with a name.
[[nodiscard]] bool is_variable(std::string_view entry) noexcept;

/// The variables a program starts with: none, ours, or exactly the given ones.
class environment {
public:
    /// No variables at all.
    environment() = default;

    /// A copy of ours at the moment of the call, less what is no variable (an entry without a name and a
    /// '='). Threads: not while another thread calls setenv().
    [[nodiscard]] static environment inherit();

    /// Exactly @p variables, each "NAME=value"; spawning refuses an entry that is something else.
    [[nodiscard]] static environment of(std::vector<std::string> variables);

    /// Sets @p name, replacing an earlier value.
    environment& set(std::string_view name, std::string_view value);

    /// Removes @p name, if it is there.
    environment& unset(std::string_view name);

    /// The value of @p name. Lifetime: until the environment changes.
    [[nodiscard]] std::optional<std::string_view> value_of(std::string_view name) const noexcept;

    /// Every "NAME=value". Lifetime: until the environment changes.
    [[nodiscard]] std::span<std::string const> variables() const noexcept { return variables_; }

private:
    [[nodiscard]] std::vector<std::string>::const_iterator find(std::string_view name) const noexcept;

    std::vector<std::string> variables_;
};

/// One descriptor of the child and the one of ours it is made from. Ours stays open and is not owned.
struct descriptor_mapping {
    int child;   ///< the number the program sees
    int parent;  ///< our number; close-on-exec does not matter
};

/// Which process group and session the program belongs to.
enum class grouping {
    same,         ///< ours
    own_group,    ///< leader of a new process group in our session
    own_session,  ///< leader of a new session, without a controlling terminal unless one is given
};

/// Whether the program can gain rights by executing others (set-user-ID, file capabilities).
enum class privilege_gain {
    possible,    ///< as the system has it
    impossible,  ///< never again, for the program and its children (no_new_privs)
};

/// A program and its surroundings. What is not said is as ours, but for the environment.
///
/// Each step that the system refuses is an error that names it; nothing is left out silently.
struct command {
    /// A path when it has a slash, else searched in the PATH of `environment` as execvp() does.
    std::string program = {};
    std::vector<std::string> arguments = {};  ///< argv[1] and on
    std::optional<std::string> argv0 = {};    ///< argv[0]; `program` when not given
    process::environment environment = {};    ///< empty unless said: environment::inherit() is the one word
    /// Where it starts. We go there with our own rights, before we change to `user`.
    std::optional<std::string> working_directory = {};
    /// An open directory of ours to start in; a relative `working_directory` starts from there.
    std::optional<int> directory_descriptor = {};
    grouping group = grouping::same;
    std::optional<pid_t> joined_group =
        {};  ///< an existing process group of our session; needs grouping::same

    /// A terminal of ours (its slave side) that becomes the controlling terminal; needs own_session.
    std::optional<int> controlling_terminal = {};
    /// Our controlling terminal, whose foreground group the program's group becomes; needs own_group.
    std::optional<int> foreground_terminal = {};

    /// Every descriptor the program gets; all others are closed. Any shape: swaps and overlaps too.
    std::vector<descriptor_mapping> descriptors = {{0, 0}, {1, 1}, {2, 2}};
    /// Files and bytes in place of descriptors of ours; they go before `descriptors`.
    std::vector<redirection> redirections = {};

    /// Another user, for good: it is verified that there is no way back. identity_of("name") looks one up.
    std::optional<identity> user = {};
    privilege_gain privileges = privilege_gain::possible;
    std::optional<mode_t> file_mode_mask = {};  ///< umask
    std::optional<int> niceness = {};           ///< -20 (first served) to 19, absolute
    /// The processors it may run on, by number from 0; empty: as we may.
    std::vector<int> processors = {};
    std::optional<int> oom_score_adjustment = {};  ///< -1000 (never killed for memory) to 1000 (first)
    std::vector<resource_limit> limits = {};
    /// A cgroup v2 directory in which the program starts, so that nothing of it is ever counted elsewhere.
    std::optional<std::string> cgroup = {};
    /// The signal it gets when the *thread* that starts it ends, however it ends (kill -9 too). Start from a
    /// thread that lives as long as you do; a set-user-ID program is exempt.
    std::optional<int> parent_death_signal = {};
};

/// The command that runs @p argv with our environment; no program at all when @p argv is empty.
[[nodiscard]] command command_of(std::span<std::string const> argv);

}  // namespace tendril::process
