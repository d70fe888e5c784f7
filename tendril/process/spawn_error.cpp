#include <tendril/process/spawn_error.hpp>

#include <string>

namespace tendril::process {

std::string_view name_of(step at) noexcept
{
    switch (at) {
    case step::open_terminal:
        return "open terminal";
    case step::audit:
        return "pass the audit hook";
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

spawn_error make_spawn_error(step at, error_code code, std::string_view subject)
{
    return {{code, "run " + std::string(subject) + ": " + std::string(name_of(at))}, at};
}

int shell_code(spawn_error const& why) noexcept
{
    return why.at == step::find_program ? 127 : 126;
}

}  // namespace tendril::process
