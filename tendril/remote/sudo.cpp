#include <tendril/remote/detail/conversed_program.hpp>
#include <tendril/remote/detail/sudo_arguments.hpp>
#include <tendril/remote/detail/untranslated.hpp>
#include <tendril/remote/sudo.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tendril::remote {

namespace {

using detail::explanation;
using detail::prompt_kind;

/// Ours, so that nothing else looks like it; sudo-rs puts its own words around.
constexpr std::string_view own_prompt = "tendril: password for sudo:";

prompt_kind sudo_prompt(std::string_view text)
{
    auto line = text.substr(text.find_last_of("\r\n") + 1);
    if (!line.contains(own_prompt))
        return prompt_kind::login;  // a module that asks for something else, or that chose its own words
    while (line.ends_with(' '))
        line.remove_suffix(1);
    return line.ends_with(':') ? prompt_kind::password : prompt_kind::nothing;
}

struct saying {
    std::string_view part;
    connect_failure means;
};

constexpr saying sayings[] = {
    {"incorrect password attempt", connect_failure::wrong_password},
    {"Authentication failed", connect_failure::wrong_password},
    {"a password is required", connect_failure::password_needed},
    {"interactive authentication is required", connect_failure::password_needed},
    {"is not in the sudoers file", connect_failure::refused},
    {"is not allowed to", connect_failure::refused},
    {"may not run sudo", connect_failure::refused},
    {"you must have a tty", connect_failure::refused},
    {"unknown user", connect_failure::bad_option},
    {"unknown group", connect_failure::bad_option},
    {"usage: sudo ", connect_failure::bad_option},
};

/// Whether sudo said it, and not the far program.
bool is_own(std::string_view line)
{
    return line.starts_with("sudo: ") || line.starts_with("sudo-rs: ") || line.starts_with("usage: sudo ") ||
           line.starts_with("Sorry, user ") || line.ends_with(" is not in the sudoers file.") ||
           line.contains(" is not in the sudoers file.  This incident");
}

explanation explain_sudo(detail::program_ending const& ending)
{
    explanation const otherwise{connect_failure::ended, "sudo " + ending.status.description()};
    if (!ending.status.has_exited() ||
        ending.status.code() != 1)  // what sudo exits with when it failed itself
        return otherwise;
    for (auto const& line : ending.lines)
        for (auto const& each : sayings)
            if (is_own(line) && line.contains(each.part))
                return {each.means, detail::without_controls(line)};
    return otherwise;
}

process::command sudo_command(sudo_options const& options, detail::sudo_arguments const& more,
                              std::string line)
{
    process::command made;
    made.program = options.sudo_path;
    made.environment = process::environment::inherit();
    made.environment.unset("SUDO_ASKPASS");
    detail::speak_english(made, line);
    auto& words = made.arguments;
    words = {"-p", std::string(own_prompt)};
    if (!more.name('u'))
        words.insert(words.end(), {"-u", options.username});
    if (options.set_home)
        words.emplace_back("-H");
    if (options.preserve_env)
        words.emplace_back("-E");
    if (options.selinux_role && !more.name('r'))
        words.insert(words.end(), {"-r", *options.selinux_role});
    if (options.selinux_type && !more.name('t'))
        words.insert(words.end(), {"-t", *options.selinux_type});
    words.insert(words.end(), more.words.begin(), more.words.end());
    words.insert(words.end(), {"--", "/bin/sh", "-c", std::move(line)});
    return made;
}

}  // namespace

way_in sudo(sudo_options options)
{
    return [kept = std::make_shared<sudo_options const>(std::move(options))](
               io::executor on,
               std::string const& line) -> std::expected<std::unique_ptr<carrier>, connect_error> {
        auto const refusal = [&](std::string words) {
            return std::unexpected(
                connect_error{connect_failure::bad_option, "sudo:" + kept->username, std::move(words), {}});
        };
        if (kept->username.empty() || kept->sudo_path.empty())
            return refusal("an empty one");
        if (auto flaw = detail::flaw_of(kept->known); !flaw.empty())
            return refusal(std::move(flaw));
        auto const more = detail::read_sudo_arguments(kept->sudo_args);
        if (!more)
            return refusal(more.error());
        detail::conversed_plan plan;
        plan.target = "sudo:" + more->username.value_or(kept->username);
        plan.what = sudo_command(*kept, *more, line);
        plan.terminal = detail::terminal_use::controlling;
        plan.share = detail::terminal_share::passed;
        plan.known = std::shared_ptr<answers const>(kept, &kept->known);
        plan.kind_of = sudo_prompt;
        plan.explain = explain_sudo;
        plan.on_line = kept->on_line;
        return detail::start_conversed(std::move(on), std::move(plan));
    };
}

}  // namespace tendril::remote
