#pragma once

/// @file
/// What to run and in which surroundings. A plain value; nothing happens before it is spawned.
/// Layer: process (base, io). Spec: execve(2), credentials(7), parity rows C01 and C03.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendril::process {

/// The variables a program starts with: none, ours, or exactly the given ones.
class environment {
public:
    /// No variables at all.
    environment() = default;

    /// A copy of ours at the moment of the call. Threads: not while another thread calls setenv().
    [[nodiscard]] static environment inherit();

    /// Exactly @p variables, each "NAME=value".
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

/// A program and its surroundings.
struct command {
    /// A path when it has a slash, else searched in the PATH of `environment` as execvp() does.
    std::string program = {};
    std::vector<std::string> arguments = {};  ///< argv[1] and on
    std::optional<std::string> argv0 = {};    ///< argv[0]; `program` when not given
    process::environment environment = {};    ///< empty unless said: environment::inherit() is the one word
    std::optional<std::string> working_directory = {};
    grouping group = grouping::same;

    /// A terminal of ours (its slave side) that becomes the controlling terminal; needs own_session.
    std::optional<int> controlling_terminal = {};
    /// Our controlling terminal, whose foreground group the program's group becomes; needs own_group.
    std::optional<int> foreground_terminal = {};

    /// Every descriptor the program gets; all others are closed. Any shape: swaps and overlaps too.
    std::vector<descriptor_mapping> descriptors = {{0, 0}, {1, 1}, {2, 2}};
};

/// The command that runs @p argv with our environment. Expects: @p argv is not empty.
[[nodiscard]] command command_of(std::span<std::string const> argv);

}  // namespace tendril::process
