#include <tendril/base/quote.hpp>
#include <tendril/remote/detail/conversed_program.hpp>
#include <tendril/remote/detail/untranslated.hpp>
#include <tendril/remote/su.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendril::remote {

namespace {

using detail::explanation;
using detail::prompt_kind;

prompt_kind su_prompt(std::vector<std::string> const& prompts, std::string_view text)
{
    while (text.ends_with(' '))
        text.remove_suffix(1);
    for (auto const& each : prompts)
        if (text.ends_with(each))
            return prompt_kind::password;
    return prompt_kind::nothing;
}

struct saying {
    std::string_view part;
    connect_failure means;
};

constexpr saying sayings[] = {
    {"does not exist", connect_failure::bad_option},
    {"unknown user", connect_failure::bad_option},
    {"Unknown id", connect_failure::bad_option},
    {"Permission denied", connect_failure::refused},
    {"must be run from a terminal", connect_failure::refused},
    {"must be suid", connect_failure::refused},
    {"cannot ", connect_failure::refused},
    {"This account is currently not available", connect_failure::refused},
};

explanation explain_su(su_options const& options, detail::program_ending const& ending)
{
    explanation const otherwise{connect_failure::ended, "su " + ending.status.description()};
    if (ending.status.success())
        return otherwise;
    for (auto const& line : ending.terminal_lines)
        for (auto const& each : options.refusals)
            if (line.starts_with(each))
                return {connect_failure::wrong_password, detail::without_controls(line)};
    for (auto const& line : ending.terminal_lines)
        for (auto const& each : sayings)
            if (line.starts_with("su: ") && line.contains(each.part))
                return {each.means, detail::without_controls(line)};
    return otherwise;
}

process::command su_command(su_options const& options, std::string line)
{
    process::command made;
    made.program = options.su_path;
    made.environment = process::environment::inherit();
    detail::speak_english(made, line);
    // Any shell can run this one: the descriptors are moved by the shell that we know.
    line.insert(0, "exec <&3 >&3 2>&4 3<&- 4<&-; ");
    made.arguments = {options.username, "-c", "exec /bin/sh -c " + base::shell_quote(line)};
    return made;
}

}  // namespace

way_in su(su_options options)
{
    return [kept = std::make_shared<su_options const>(std::move(options))](
               io::executor on,
               std::string const& line) -> std::expected<std::unique_ptr<carrier>, connect_error> {
        auto const target = "su:" + kept->username;
        auto flaw = detail::flaw_of(kept->known);
        if (kept->username.empty() || kept->username.starts_with('-'))
            flaw = "username";
        if (!flaw.empty())
            return std::unexpected(connect_error{connect_failure::bad_option, target, std::move(flaw), {}});
        detail::conversed_plan plan;
        plan.target = target;
        plan.what = su_command(*kept, line);
        plan.terminal = detail::terminal_use::standard;
        plan.share = detail::terminal_share::passed;
        plan.known = std::shared_ptr<answers const>(kept, &kept->known);
        plan.kind_of = [kept](std::string_view text) { return su_prompt(kept->prompts, text); };
        plan.explain = [kept](detail::program_ending const& ending) { return explain_su(*kept, ending); };
        plan.on_line = kept->on_line;
        return detail::start_conversed(std::move(on), std::move(plan));
    };
}

}  // namespace tendril::remote
