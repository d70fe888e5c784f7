#include <tendril/base/quote.hpp>
#include <tendril/process/signal_name.hpp>
#include <tendril/session/host_client.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/session_name.hpp>
#include <apps/tendril/sessions.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

namespace {

using namespace std::chrono_literals;

constexpr auto look_patience = 2s;   // a host answers in a millisecond, unless somebody has stopped it
constexpr auto kill_patience = 10s;  // the ladder's longest is three seconds

/// What a session says for itself.
struct sight {
    session::welcome_packet welcome;
    std::optional<process::exit_status> ended;
};

/// What is to be heard from a session before we hang up.
enum class until { welcome, end };

asio::awaitable<void> hear(session::host_client* link, until what, result<sight>* into)
{
    sight seen;
    for (bool over = false; !over;) {
        auto event = co_await link->next();
        if (!event) {
            *into = std::unexpected(std::move(event.error()));
            co_return;
        }
        if (auto* const welcome = std::get_if<session::welcome_packet>(&*event)) {
            seen.welcome = std::move(*welcome);
            over = what == until::welcome && !seen.welcome.ended;
        } else if (auto* const how = std::get_if<process::exit_status>(&*event)) {
            seen.ended = *how;
            over = true;
        }
    }
    *into = std::move(seen);
}

/// Runs the loop until @p what was heard. Errors: timed_out when the host does not answer.
result<sight> heard(asio::io_context& loop, session::host_client& link, until what)
{
    result<sight> seen = failure(make_error_code(boost::system::errc::timed_out), "get an answer");
    asio::co_spawn(loop, hear(&link, what, &seen), [](std::exception_ptr) {});
    loop.run_for(what == until::welcome ? look_patience : kill_patience);
    return seen;
}

std::string started_at(std::uint64_t milliseconds)
{
    auto const seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    char text[sizeof "2026-11-21 15:52"];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

void print_line(std::string const& name, sight const& seen)
{
    auto const& welcome = seen.welcome;
    auto const state = seen.ended ? seen.ended->description() : "runs as " + std::to_string(welcome.program);
    auto const attached = std::to_string(welcome.clients) + " attached";
    std::printf("%s  %s  %ux%u  %s  %s  %s\n", name.c_str(), started_at(welcome.started).c_str(),
                unsigned{welcome.size.columns}, unsigned{welcome.size.rows}, attached.c_str(), state.c_str(),
                base::printable(welcome.command).c_str());
}

/// Ends one session, or signals it. Returns the exit status.
int kill_one(session::host_folder const& folder, std::string const& name, std::optional<int> signal)
{
    asio::io_context loop(1);
    // Who ends a session need not be told apart from who waits for its end; who signals it must be.
    auto const view = signal ? session::host_view::none : session::host_view::ending;
    auto link = session::host_client::connect(loop.get_executor(), folder, name, {.view = view});
    if (!link)
        return complain_about("kill", name, link.error());
    if (auto const failed = signal ? link->signal(*signal) : link->terminate())
        return complain("kill", error{failed, "reach the session '" + name + "'"});
    auto const seen = heard(loop, *link, signal ? until::welcome : until::end);
    if (!seen)
        return complain("kill", "the session '" + name + "': " + seen.error().message());
    return 0;
}

}  // namespace

int list_sessions(int argc, char** argv)
{
    CLI::App line(
        "Lists your sessions: name, start, size, who is attached, the program's process, the command.", "ls");
    bool names_only = false;
    line.add_flag("-q,--quiet", names_only, "Names only");
    if (auto const status = parse(line, argc, argv))
        return *status;
    auto const folder = session::host_folder::open();
    if (!folder)
        return complain("ls", folder.error());
    auto const names = folder->names();
    if (!names)
        return complain("ls", names.error());
    int status = 0;
    for (auto const& name : *names) {
        asio::io_context loop(1);
        auto link = session::host_client::connect(loop.get_executor(), *folder, name, {});
        if (!link && is_gone(link.error()))
            continue;
        if (!link) {
            status = complain("ls", "the session '" + name + "': " + link.error().message());
            continue;
        }
        auto const seen = heard(loop, *link, until::welcome);
        if (!seen)
            status = complain("ls", "the session '" + name + "': " + seen.error().message());
        else if (names_only)
            std::puts(name.c_str());
        else
            print_line(name, *seen);
    }
    return status;
}

int kill_sessions(int argc, char** argv)
{
    CLI::App line(
        "Ends sessions: hangs the program up, asks it to terminate, kills it, and waits for its end.\n"
        "With -s, sends it that signal and nothing else.",
        "kill");
    std::string signal_text;
    std::vector<std::string> names;
    line.add_option("-s,--signal", signal_text, "A signal's name or number, for the program's process group");
    line.add_option("NAME", names, "the sessions")->required();
    if (auto const status = parse(line, argc, argv))
        return *status;
    std::optional<int> signal;
    if (!signal_text.empty()) {
        auto const named = process::signal_number(signal_text);
        auto const number = named ? *named : std::atoi(signal_text.c_str());
        if (number < 1 || number > 64)
            return complain("kill", "there is no signal '" + signal_text + "'", exit_usage);
        signal = number;
    }
    auto const folder = session::host_folder::open();
    if (!folder)
        return complain("kill", folder.error());
    int worst = 0;
    for (auto const& name : names)
        worst = std::max(worst, kill_one(*folder, name, signal));
    return worst;
}

}  // namespace tendril::app
