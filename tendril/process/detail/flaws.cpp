#include <tendril/process/detail/flaws.hpp>
#include <tendril/process/errc.hpp>

#include <string>
#include <string_view>
#include <variant>

#include <fcntl.h>
#include <sys/resource.h>

namespace tendril::process::detail {

namespace {

using flaw = std::optional<spawn_error>;
namespace os = boost::system::errc;

bool has_nul(std::string_view text)
{
    return text.contains('\0');
}

flaw flaw_of_program(command const& what)
{
    auto const at = step::find_program;
    if (what.program.empty())
        return make_spawn_error(at, errc::no_program, what.program);
    if (has_nul(what.program))
        return make_spawn_error(at, errc::embedded_nul, what.program);
    return {};
}

flaw flaw_of_arguments(command const& what)
{
    auto const refuse = [&](std::size_t index) {
        return make_spawn_error(step::arguments, errc::embedded_nul, what.program,
                                "at " + std::to_string(index));
    };
    if (what.argv0 && has_nul(*what.argv0))
        return refuse(0);
    for (std::size_t i = 0; i < what.arguments.size(); ++i)
        if (has_nul(what.arguments[i]))
            return refuse(i + 1);
    return {};
}

/// Names no value: an environment is where secrets travel.
flaw flaw_of_environment(command const& what)
{
    auto const variables = what.environment.variables();
    for (std::size_t i = 0; i < variables.size(); ++i) {
        auto const& each = variables[i];
        auto const detail = "at entry " + std::to_string(i);
        if (!is_variable(each))
            return make_spawn_error(step::environment, errc::not_a_variable, what.program, detail);
        if (has_nul(each))
            return make_spawn_error(step::environment, errc::embedded_nul, what.program, detail);
    }
    return {};
}

flaw flaw_of_paths(command const& what)
{
    auto const refuse = [&](step at, std::string_view path) {
        return make_spawn_error(at, errc::embedded_nul, what.program, path);
    };
    if (what.working_directory && has_nul(*what.working_directory))
        return refuse(step::working_directory, *what.working_directory);
    if (what.cgroup && has_nul(*what.cgroup))
        return refuse(step::cgroup, *what.cgroup);
    for (auto const& each : what.redirections) {
        auto const* const path = std::visit(
            []<typename Source>(Source const& source) -> std::string const* {
                if constexpr (requires { source.path; })
                    return &source.path;
                else
                    return nullptr;
            },
            each.source);
        if (path && has_nul(*path))
            return refuse(step::open_file, *path);
    }
    return {};
}

/// Before any file is opened: the number of a closed descriptor would become one of ours.
flaw flaw_of_descriptors(command const& what)
{
    auto const refuse = [&](error_code why, int number) {
        return make_spawn_error(step::descriptors, why, what.program, "with " + std::to_string(number));
    };
    ::rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    auto const is_beyond = [&](int child) { return static_cast<rlim_t>(child) >= limit.rlim_cur; };
    auto const bad = make_error_code(os::bad_file_descriptor);
    for (auto const& each : what.descriptors) {
        if (each.child < 0)
            return refuse(bad, each.child);
        if (each.child != each.parent && is_beyond(each.child))
            return refuse(errc::descriptor_beyond_limit, each.child);
        if (::fcntl(each.parent, F_GETFD) < 0)
            return refuse(bad, each.parent);
    }
    for (auto const& each : what.redirections) {
        if (each.child < 0)
            return refuse(bad, each.child);
        if (is_beyond(each.child))
            return refuse(errc::descriptor_beyond_limit, each.child);
    }
    return {};
}

flaw flaw_of_options(command const& what)
{
    auto const refuse = [&](step at) {
        return make_spawn_error(at, make_error_code(os::invalid_argument), what.program);
    };
    if (what.joined_group && (what.group != grouping::same || *what.joined_group <= 0))
        return refuse(step::process_group);
    // To setresuid() and setresgid() this number means "leave it": the program would stay who we are.
    auto const unchanged = static_cast<uid_t>(-1);
    if (what.user && (what.user->user == unchanged || what.user->group == unchanged))
        return refuse(step::user);
    constexpr int most_processors = 1 << 16;
    for (auto const each : what.processors)
        if (each < 0 || each >= most_processors)
            return refuse(step::processors);
    for (auto const& each : what.limits)
        if (each.soft > each.hard)
            return refuse(step::resource_limits);
    if (what.niceness && (*what.niceness < -20 || *what.niceness > 19))
        return refuse(step::niceness);  // the kernel would take the nearest
    if (what.oom_score_adjustment &&
        (*what.oom_score_adjustment < -1000 || *what.oom_score_adjustment > 1000))
        return refuse(step::oom_score);
    return {};
}

}  // namespace

std::optional<spawn_error> first_flaw(command const& what)
{
    for (auto const look : {flaw_of_program, flaw_of_arguments, flaw_of_environment, flaw_of_paths,
                            flaw_of_options, flaw_of_descriptors})
        if (auto found = look(what))
            return found;
    return {};
}

}  // namespace tendril::process::detail
