#include <tendril/remote/detail/conversation.hpp>
#include <tendril/remote/detail/ssh_command.hpp>

#include <initializer_list>
#include <string_view>
#include <utility>

namespace tendril::remote::detail {

namespace {

using arguments = std::vector<std::string>;

void add_option(arguments& to, std::string_view name, std::string_view value)
{
    to.emplace_back("-o");
    to.push_back(std::string(name) + '=' + std::string(value));
}

/// The first flaw of @p options, in words; nothing when there is none.
std::string first_flaw_of(ssh_options const& options)
{
    auto const is_word = [](std::string_view text) {
        return !text.empty() && !text.starts_with('-') &&
               text.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos;
    };
    if (!is_word(options.hostname))
        return "hostname";
    if (options.username && !is_word(*options.username))
        return "username";
    if (options.ssh_path.empty())
        return "ssh_path";
    if (options.keepalive_interval.count() < 0 || options.keepalive_count < 1)
        return "keepalive";
    if (options.connect_timeout.count() < 1)
        return "connect_timeout";
    if (options.identity_file && options.identity_file->empty())
        return "identity_file";
    return flaw_of(options.known);
}

void add_host_key_check(arguments& to, host_key_check check)
{
    switch (check) {
    case host_key_check::ignore:
        add_option(to, "StrictHostKeyChecking", "no");
        add_option(to, "UserKnownHostsFile", "/dev/null");
        add_option(to, "GlobalKnownHostsFile", "/dev/null");
        break;
    case host_key_check::accept:
        add_option(to, "StrictHostKeyChecking", "accept-new");
        break;
    case host_key_check::enforce:
        add_option(to, "StrictHostKeyChecking", "yes");
        break;
    }
}

void add_identity(arguments& to, ssh_options const& options)
{
    if (options.identity_file) {
        to.insert(to.end(), {"-i", *options.identity_file});
        add_option(to, "IdentityAgent", "none");
    }
    if (options.identity_file || options.identities_only)
        add_option(to, "IdentitiesOnly", "yes");
}

}  // namespace

bool may_be_asked(ssh_options const& options) noexcept
{
    return options.known.password.has_value() || static_cast<bool>(options.known.ask);
}

std::string target_of(ssh_options const& options)
{
    return "ssh:" + (options.username ? *options.username + '@' : std::string()) + options.hostname +
           (options.port ? ':' + std::to_string(*options.port) : std::string());
}

std::expected<process::command, std::string> ssh_command(ssh_options const& options,
                                                         std::string const& shell_line)
{
    if (auto flaw = first_flaw_of(options); !flaw.empty())
        return std::unexpected(std::move(flaw));
    process::command made;
    made.program = options.ssh_path;
    made.environment = process::environment::inherit();
    made.environment.unset("SSH_ASKPASS").unset("SSH_ASKPASS_REQUIRE");  // no window may pop up
    auto& words = made.arguments;
    if (options.config_file)
        words.insert(words.end(), {"-F", *options.config_file});
    words.emplace_back("-T");
    add_option(words, "LogLevel", "INFO");  // below it ssh does not say why it gave up
    add_option(words, "RemoteCommand", "none");
    add_host_key_check(words, options.check_host_keys);
    add_option(words, "BatchMode", may_be_asked(options) ? "no" : "yes");
    if (may_be_asked(options))
        add_option(words, "NumberOfPasswordPrompts", "1");  // accounts are locked by those who try again
    add_identity(words, options);
    if (options.compression)
        add_option(words, "Compression", "yes");
    add_option(words, "ServerAliveInterval", std::to_string(options.keepalive_interval.count()));
    add_option(words, "ServerAliveCountMax", std::to_string(options.keepalive_count));
    add_option(words, "ConnectTimeout", std::to_string(options.connect_timeout.count()));
    if (options.username)
        words.insert(words.end(), {"-l", *options.username});
    if (options.port)
        words.insert(words.end(), {"-p", std::to_string(*options.port)});
    words.insert(words.end(), options.extra_arguments.begin(), options.extra_arguments.end());
    words.insert(words.end(), {options.hostname, "--", shell_line});
    return made;
}

std::expected<process::command, std::string> ssh_query(ssh_options const& options)
{
    auto made = ssh_command(options, "true");
    if (made)
        made->arguments.insert(made->arguments.begin(), "-G");
    return made;
}

}  // namespace tendril::remote::detail
