#include <tendril/base/quote.hpp>
#include <tendril/process/spawn_error.hpp>

#include <string>
#include <utility>

namespace tendril::process {

std::string_view name_of(step at) noexcept
{
    switch (at) {
    case step::open_terminal:
        return "open terminal";
    case step::audit:
        return "pass the audit hook";
    case step::arguments:
        return "take arguments";
    case step::environment:
        return "take environment";
    case step::open_file:
        return "open file";
    case step::cgroup:
        return "enter cgroup";
    case step::create_process:
        return "create process";
    case step::new_session:
        return "start session";
    case step::process_group:
        return "set process group";
    case step::controlling_terminal:
        return "take controlling terminal";
    case step::foreground:
        return "go to the foreground";
    case step::working_directory:
        return "change directory";
    case step::file_mode_mask:
        return "set umask";
    case step::oom_score:
        return "set oom score";
    case step::processors:
        return "choose processors";
    case step::niceness:
        return "set niceness";
    case step::resource_limits:
        return "set resource limits";
    case step::privileges:
        return "give up new privileges";
    case step::user:
        return "change user";
    case step::parent_death:
        return "die with parent";
    case step::descriptors:
        return "arrange descriptors";
    case step::find_program:
        return "find program";
    case step::find_interpreter:
        return "find its interpreter";
    case step::run_program:
        return "execute";
    }
    return "unknown step";
}

spawn_error make_spawn_error(step at, error_code code, std::string_view subject, std::string_view detail)
{
    auto attempt = "run " + base::printable(subject) + ": " + std::string(name_of(at));
    if (!detail.empty())
        attempt += ' ' + base::printable(detail);
    return {{code, std::move(attempt)}, at};
}

int shell_code(spawn_error const& why) noexcept
{
    return why.at == step::find_program ? 127 : 126;
}

}  // namespace tendril::process
