#include <tendril/process/detail/surroundings.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

namespace tendril::process::detail {

namespace {

std::string name_of_resource(int resource)
{
    static constexpr std::array<std::string_view, RLIM_NLIMITS> names{
        "RLIMIT_CPU",      "RLIMIT_FSIZE", "RLIMIT_DATA",   "RLIMIT_STACK",
        "RLIMIT_CORE",     "RLIMIT_RSS",   "RLIMIT_NPROC",  "RLIMIT_NOFILE",
        "RLIMIT_MEMLOCK",  "RLIMIT_AS",    "RLIMIT_LOCKS",  "RLIMIT_SIGPENDING",
        "RLIMIT_MSGQUEUE", "RLIMIT_NICE",  "RLIMIT_RTPRIO", "RLIMIT_RTTIME"};
    static_assert(RLIMIT_CPU == 0 && RLIMIT_NOFILE == 7 && RLIMIT_RTTIME == 15);
    if (resource >= 0 && static_cast<std::size_t>(resource) < names.size())
        return std::string(names[static_cast<std::size_t>(resource)]);
    return std::to_string(resource);
}

std::vector<unsigned long> bits_of(std::vector<int> const& processors)
{
    constexpr int word = std::numeric_limits<unsigned long>::digits;
    std::vector<unsigned long> bits;
    for (auto const each : processors) {
        bits.resize(std::max(bits.size(), static_cast<std::size_t>(each / word) + 1));
        bits[static_cast<std::size_t>(each / word)] |= 1UL << (each % word);
    }
    return bits;
}

// prlimit() takes a pair of 64-bit numbers, soft before hard, which is what `soft` is the beginning of.
static_assert(offsetof(resource_limit, hard) == offsetof(resource_limit, soft) + sizeof(std::uint64_t));

}  // namespace

surroundings::surroundings(command const& what)
    : working_directory_(what.working_directory), limits_(what.limits), processors_(bits_of(what.processors)),
      user_(what.user), cgroup_path_(what.cgroup),
      foreground_terminal_(what.foreground_terminal.value_or(-1)),
      parent_death_signal_(what.parent_death_signal.value_or(0))
{
    if (what.oom_score_adjustment)
        oom_score_ = std::to_string(*what.oom_score_adjustment);
    list_calls(what);
}

std::expected<std::unique_ptr<surroundings>, spawn_error> surroundings::of(command const& what)
{
    std::unique_ptr<surroundings> frozen(new surroundings(what));  // make_unique cannot see the constructor
    if (what.cgroup) {
        frozen->cgroup_.reset(::open(what.cgroup->c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!frozen->cgroup_)
            return std::unexpected(
                make_spawn_error(step::cgroup, last_os_error(), what.program, *what.cgroup));
    }
    return frozen;
}

void surroundings::list_calls(command const& what)
{
    auto const before = [&](step at, long number, auto... arguments) {
        before_descriptors_.push_back(make_system_call(at, number, arguments...));
    };
    auto const after = [&](step at, long number, auto... arguments) {
        after_descriptors_.push_back(make_system_call(at, number, arguments...));
    };

    if (what.group == grouping::own_session)
        before(step::new_session, SYS_setsid);
    if (what.group == grouping::own_group)
        before(step::process_group, SYS_setpgid, 0, 0);
    if (what.joined_group)
        before(step::process_group, SYS_setpgid, 0, *what.joined_group);
    if (what.controlling_terminal)
        before(step::controlling_terminal, SYS_ioctl, *what.controlling_terminal, TIOCSCTTY, 0);
    if (what.file_mode_mask)
        before(step::file_mode_mask, SYS_umask, *what.file_mode_mask);
    if (what.directory_descriptor)
        before(step::working_directory, SYS_fchdir, *what.directory_descriptor);
    if (working_directory_)
        before(step::working_directory, SYS_chdir, working_directory_->c_str());

    // A limit of open files below a number of the map would stand in the way before.
    if (!processors_.empty())
        after(step::processors, SYS_sched_setaffinity, 0, processors_.size() * sizeof(unsigned long),
              processors_.data());
    if (what.niceness)
        after(step::niceness, SYS_setpriority, PRIO_PROCESS, 0, *what.niceness);
    for (auto const& each : limits_)
        after(step::resource_limits, SYS_prlimit64, 0, each.resource, &each.soft, 0);
    if (what.privileges == privilege_gain::impossible)
        after(step::privileges, SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0);
}

void surroundings::enter_into(child_plan& plan) const noexcept
{
    plan.before_descriptors = {before_descriptors_.data(), before_descriptors_.size()};
    plan.after_descriptors = {after_descriptors_.data(), after_descriptors_.size()};
    plan.foreground_terminal = foreground_terminal_;
    plan.oom_score = oom_score_.empty() ? nullptr : oom_score_.data();
    plan.oom_score_length = oom_score_.size();
    plan.user = user_ ? &*user_ : nullptr;
    plan.parent_death_signal = parent_death_signal_;
    plan.cgroup = cgroup_.get();
}

std::string surroundings::detail_of(spawn_refusal const& why) const
{
    auto const at = why.at;
    if (at == step::resource_limits)
        return name_of_resource(
            static_cast<int>(after_descriptors_[static_cast<std::size_t>(why.which)].arguments[1]));
    if (at == step::working_directory)
        return "to " + working_directory_.value_or("the one that is open");
    if (at == step::user && user_)
        return "to " + std::to_string(user_->user) + ':' + std::to_string(user_->group);
    if (at == step::cgroup)
        return cgroup_path_.value_or("");
    return {};
}

}  // namespace tendril::process::detail
