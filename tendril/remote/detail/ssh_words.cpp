#include <tendril/remote/detail/ssh_words.hpp>

#include <algorithm>
#include <cctype>
#include <ranges>
#include <string>
#include <utility>

namespace tendril::remote::detail {

namespace {

constexpr int own_failure = 255;  // what ssh exits with when it failed itself, and some far programs too

bool asks_for_password(std::string_view text)
{
    std::string small(text);
    std::ranges::transform(small, small.begin(), [](unsigned char each) { return std::tolower(each); });
    auto const end = small.find_last_not_of(" :");
    small.erase(end == std::string::npos ? 0 : end + 1);
    auto const line = std::string_view(small).substr(small.find_last_of('\n') + 1);
    return line.ends_with("password") || line.contains("password for ");
}

/// `user@host` and nothing else.
bool is_login(std::string_view text)
{
    return text.contains('@') && text.find_first_of(" \n") == std::string_view::npos;
}

/// `user@host's password: `, which only ssh says.
bool is_own_password_prompt(std::string_view text)
{
    constexpr std::string_view own = "'s password: ";
    return text.ends_with(own) && is_login(text.substr(0, text.size() - own.size()));
}

/// `(user@host) `, which ssh puts before whatever the far end asks; since OpenSSH 8.4.
bool is_far_prompt(std::string_view text)
{
    auto const end = text.find(") ");
    return text.starts_with('(') && end != std::string_view::npos && is_login(text.substr(1, end - 1));
}

struct saying {
    std::string_view part;
    connect_failure means;
};

/// Parts of lines, the more particular ones first.
constexpr saying sayings[] = {
    {"Too many authentication failures", connect_failure::refused},
    {"Could not resolve hostname", connect_failure::unreachable},
    {"Connection timed out", connect_failure::timed_out},
    {"Timeout, server ", connect_failure::timed_out},
    {"Unable to negotiate with", connect_failure::not_understood},
    {"banner line ", connect_failure::not_understood},
    {"Protocol major versions differ", connect_failure::not_understood},
    {": could not read protocol version", connect_failure::not_understood},
    {": invalid format", connect_failure::not_understood},
    {"Bad remote protocol version", connect_failure::not_understood},
    {"Bad packet length", connect_failure::not_understood},
    {"closed by remote host.", connect_failure::ended},  // a session; a login says it without the full stop
    {"Read from remote host", connect_failure::ended},
    {"Connection reset by ", connect_failure::dropped},
    {"Connection closed by ", connect_failure::dropped},
    {"ssh: connect to host ", connect_failure::unreachable},
    {"kex_exchange_identification: ", connect_failure::dropped},
    {"ssh_exchange_identification: ", connect_failure::dropped},
    {"banner exchange: ", connect_failure::dropped},
    {"Bad configuration option", connect_failure::bad_option},
    {"Bad owner or permissions on", connect_failure::bad_option},
    {"Can't open user config file", connect_failure::bad_option},
    {"command-line line 0:", connect_failure::bad_option},
    {"command-line: line 0:", connect_failure::bad_option},
    {"usage: ssh ", connect_failure::bad_option},
};

/// `user@host: Permission denied (publickey,password).`, with or without the beginning.
bool is_denial(std::string_view line)
{
    constexpr std::string_view denied = "Permission denied (";
    if (auto const at = line.find(": "); at != std::string_view::npos && is_login(line.substr(0, at)))
        line.remove_prefix(at + 2);
    return line.starts_with(denied);
}

connect_failure meaning_of_denial(std::string_view line, bool has_answered, bool knows_password)
{
    if (has_answered)
        return connect_failure::wrong_password;
    auto const methods = line.substr(line.find('('));
    auto const wants_one = methods.contains("password") || methods.contains("keyboard-interactive");
    return wants_one && !knows_password ? connect_failure::password_needed : connect_failure::refused;
}

explanation meaning_of_key(std::deque<std::string> const& lines)
{
    for (auto const& line : lines)
        if (line.contains(" has changed and you have requested strict checking"))
            return {connect_failure::changed_host_key, without_controls(line)};
    for (auto const& line : lines)
        if (line.contains(" host key is known for "))
            return {connect_failure::unknown_host_key, without_controls(line)};
    return {connect_failure::unknown_host_key, "Host key verification failed."};
}

}  // namespace

prompt_kind ssh_prompt(std::string_view text)
{
    if (text.contains("continue connecting (yes/no"))
        return prompt_kind::host_key;
    if (is_own_password_prompt(text))
        return prompt_kind::password;
    if (is_far_prompt(text))
        return asks_for_password(text) ? prompt_kind::password : prompt_kind::login;
    if (text.starts_with("Enter passphrase for ") && !text.contains('\n') && text.ends_with(": "))
        return prompt_kind::passphrase;
    return asks_for_password(text) ? prompt_kind::password : prompt_kind::local;
}

explanation explain_ssh(program_ending const& ending, bool knows_password)
{
    if (!ending.status.has_exited() || ending.status.code() != own_failure)
        return {connect_failure::ended, "ssh " + ending.status.description()};
    // From the last line back: what a banner says comes before what ssh says.
    for (auto const& line : ending.lines | std::views::reverse) {
        if (is_denial(line))
            return {meaning_of_denial(line, ending.has_answered, knows_password), without_controls(line)};
        if (line == "Host key verification failed.")
            return meaning_of_key(ending.lines);
        for (auto const& each : sayings) {
            if (!line.contains(each.part))
                continue;
            // Who is let in and then sent away (by an account that is locked) is not welcome.
            auto const sent_away = each.means == connect_failure::dropped && ending.has_answered;
            return {sent_away ? connect_failure::refused : each.means, without_controls(line)};
        }
    }
    return {connect_failure::ended, ending.lines.empty() ? "ssh " + ending.status.description()
                                                         : without_controls(ending.lines.back())};
}

std::string ssh_last_words(std::deque<std::string> const& lines)
{
    constexpr std::string_view beginnings[] = {"Timeout, server ",       "Connection to ",
                                               "Read from remote host ", "client_loop: send disconnect: ",
                                               "Connection reset by ",   "Connection closed by "};
    auto const is_one = [&](std::string_view beginning) { return lines.back().starts_with(beginning); };
    return !lines.empty() && std::ranges::any_of(beginnings, is_one) ? without_controls(lines.back()) : "";
}

}  // namespace tendril::remote::detail
