#include <tendril/remote/detail/conversed_program.hpp>
#include <tendril/remote/detail/untranslated.hpp>
#include <tendril/remote/doas.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tendril::remote {

namespace {

using detail::explanation;
using detail::prompt_kind;

/// `doas (user@host) password: `; what a module asks in its own words is for a person.
prompt_kind doas_prompt(std::string_view text)
{
    auto const line = text.substr(text.find_last_of("\r\n") + 1);
    return line.starts_with("doas (") && line.ends_with(" password: ") ? prompt_kind::password
                                                                       : prompt_kind::login;
}

struct saying {
    std::string_view line;
    connect_failure means;
};

constexpr saying sayings[] = {
    {"doas: Authentication failed", connect_failure::wrong_password},
    {"doas: Authorization failed", connect_failure::wrong_password},
    {"doas: Authorization required", connect_failure::password_needed},
    {"doas: Authentication required", connect_failure::password_needed},
    {"doas: Operation not permitted", connect_failure::refused},
    {"doas: doas is not enabled", connect_failure::refused},
    {"doas: not installed setuid", connect_failure::refused},
    {"doas: unknown user", connect_failure::bad_option},
    {"usage: doas ", connect_failure::bad_option},
};

explanation explain_doas(detail::program_ending const& ending)
{
    explanation const otherwise{connect_failure::ended, "doas " + ending.status.description()};
    if (!ending.status.has_exited() || ending.status.code() != 1)
        return otherwise;
    for (auto const& line : ending.lines)
        for (auto const& each : sayings)
            if (line.starts_with(each.line))
                return {each.means, detail::without_controls(line)};
    return otherwise;
}

process::command doas_command(doas_options const& options, std::string line)
{
    process::command made;
    made.program = options.doas_path;
    made.environment = process::environment::inherit();
    detail::speak_english(made, line);
    made.arguments = {"-u", options.username, "--", "/bin/sh", "-c", std::move(line)};
    return made;
}

}  // namespace

way_in doas(doas_options options)
{
    return [kept = std::make_shared<doas_options const>(std::move(options))](
               io::executor on,
               std::string const& line) -> std::expected<std::unique_ptr<carrier>, connect_error> {
        auto const target = "doas:" + kept->username;
        auto flaw = kept->username.empty() ? std::string("username") : detail::flaw_of(kept->known);
        if (!flaw.empty())
            return std::unexpected(connect_error{connect_failure::bad_option, target, std::move(flaw), {}});
        detail::conversed_plan plan;
        plan.target = target;
        plan.what = doas_command(*kept, line);
        plan.terminal = detail::terminal_use::controlling;
        plan.share = detail::terminal_share::passed;
        plan.known = std::shared_ptr<answers const>(kept, &kept->known);
        plan.kind_of = doas_prompt;
        plan.explain = explain_doas;
        plan.on_line = kept->on_line;
        return detail::start_conversed(std::move(on), std::move(plan));
    };
}

}  // namespace tendril::remote
