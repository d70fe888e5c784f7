#include <tendril/base/file.hpp>
#include <tendril/remote/testing/chain_verbs.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

namespace tendril::remote::testing {

namespace {

/// `user 0, below 2 1 0`.
std::string where(rpc::call_context& here)
{
    std::string text = "user " + std::to_string(::getuid()) + ", below";
    for (auto const each : here.via.self().ancestors)
        text += ' ' + std::to_string(each);
    return text;
}

std::int64_t process_number()
{
    return ::getpid();
}

std::atomic<bool> is_blocking = false;

void block()
{
    is_blocking = true;
    for (;;)
        ::pause();
}

bool blocks()
{
    return is_blocking;
}

}  // namespace

}  // namespace tendril::remote::testing

template <>
inline constexpr auto tendril::rpc::runs<tendril::remote::testing::blocks> = tendril::rpc::execution::at_once;

namespace tendril::remote::testing {

namespace {

std::string setting(char const* name)
{
    auto const* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// The password in the file that the environment names.
std::optional<base::secret> password()
{
    auto const text = base::read_file(setting("CHAIN_PASSWORD_FILE"), 4096);
    return text ? std::optional<base::secret>(std::in_place, *text) : std::nullopt;
}

/// Completes the ways as the test said it in the environment.
void prepare(std::string const& /*name*/, way_plan& plan)
{
    if (auto* const how = std::get_if<ssh_options>(&plan)) {
        how->config_file = setting("CHAIN_SSH_CONFIG");
        how->identity_file = setting("CHAIN_SSH_KEY");
    }
    if (auto* const how = std::get_if<sudo_options>(&plan)) {
        how->known.password = password();
        if (auto const path = setting("CHAIN_SUDO"); !path.empty())
            how->sudo_path = path;
    }
    if (auto* const how = std::get_if<su_options>(&plan))
        how->known.password = password();
}

open_options prepared()
{
    return {.how = {.keep = caching::off}, .prepare = prepare};
}

void print(std::string const& name, new_context const& made)
{
    auto const is = made ? made->call<where>().value_or("lost") : made.error().message();
    std::printf("%s: %s\n", name.c_str(), made ? is.c_str() : is.substr(0, is.find('\n')).c_str());
    std::fflush(stdout);
}

/// Opens all @p names, one after the other.
int open_each(node& here, std::vector<std::string> const& names)
{
    for (auto const& name : names)
        print(name, here.open(name, prepared()));
    return 0;
}

/// Opens all @p names at the same time.
int open_all(node& here, std::vector<std::string> const& names)
{
    std::vector<std::future<new_context>> all;
    for (auto const& name : names)
        all.push_back(asio::co_spawn(here.router().get_executor(), here.async_open(name, prepared()),
                                     asio::use_future));
    for (std::size_t each = 0; each < names.size(); ++each)
        print(names[each], all[each].get());
    return 0;
}

/// Opens @p name, kills the context before it when something was written to the fifo @p sign, and says what
/// came of it. Then opens it anew.
int kill_before(node& here, std::string const& name, std::string const& sign)
{
    auto const before = here.open(name.substr(0, name.rfind('/')), prepared());
    auto opening =
        asio::co_spawn(here.router().get_executor(), here.async_open(name, prepared()), asio::use_future);
    if (!sign.empty()) {
        std::string line;
        std::getline(std::ifstream(sign), line);
    } else {
        print(name, opening.get());
    }
    ::kill(static_cast<pid_t>(here.introduced(*before).process), SIGKILL);
    auto const lost = before->call<block>();
    std::printf("%s\n", lost.error().text.c_str());
    print(name, sign.empty() ? here.open(name, prepared()) : opening.get());
    return 0;
}

/// Ends the context @p name, in which a function does not stop; the one before stays.
int end_last(node& here, std::string const& name)
{
    auto const before = here.open(name.substr(0, name.rfind('/')), prepared());
    auto const last = here.open(name, prepared());
    std::printf("%s\n",
                here.introduced(*last).process == last->call<process_number>() ? "introduced" : "unknown");
    auto pending = last->call_async<block>();
    while (!last->call<blocks>().value_or(true))
        std::this_thread::yield();
    here.shutdown(*last, std::chrono::milliseconds(200));
    std::printf("%s\n", pending.get().error().text.c_str());
    print("before", before);
    return 0;
}

}  // namespace

int chain_verb(node& here, std::vector<std::string> const& words)
{
    auto const verb = words.empty() ? "" : words[0];
    std::vector<std::string> const rest(words.begin() + (words.empty() ? 0 : 1), words.end());
    if (verb == "open-each")
        return open_each(here, rest);
    if (verb == "open-all")
        return open_all(here, rest);
    if (verb == "kill-before")
        return kill_before(here, rest.at(0), rest.size() > 1 ? rest[1] : "");
    if (verb == "end-last")
        return end_last(here, rest.at(0));
    return 2;
}

}  // namespace tendril::remote::testing
