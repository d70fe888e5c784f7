#include <tendril/pty/window_size.hpp>

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <apps/tendril/attach.hpp>
#include <apps/tendril/attached_terminal.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/session_name.hpp>

namespace tendril::app {

namespace {

/// What this terminal can do, by its name.
term::client_abilities abilities()
{
    auto const* name = std::getenv("TERM");
    std::string_view const type = name ? name : "";
    return {.repeats = !type.starts_with("linux") && !type.starts_with("screen") && type != "dumb"};
}

}  // namespace

bool can_attach() noexcept
{
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

int attach_to(std::string_view verb, session::host_folder const& in, std::string const& name)
{
    asio::io_context loop(1);
    session::hello_packet hello{.view = session::host_view::frames, .can = abilities()};
    if (auto const size = pty::window_size_of(STDOUT_FILENO))
        hello.size = {size->columns, size->rows};
    auto link = session::host_client::connect(loop.get_executor(), in, name, hello);
    if (!link)
        return complain_about(verb, name, link.error());
    auto terminal = attached_terminal::take(loop, std::move(*link), hello.can);
    if (!terminal)
        return complain(verb, terminal.error());
    auto const end = terminal->run(loop);
    if (auto given_back = terminal->give_back(); !given_back)
        return complain(verb, given_back.error());
    if (auto const lost = terminal->lost_keys())
        std::printf("[%s did not read what was typed: %zu bytes are lost]\n", name.c_str(), lost);
    if (!end)
        return complain(verb, end.error());
    if (!*end) {
        std::printf("[detached from %s]\n", name.c_str());
        return 0;
    }
    std::printf("[%s %s]\n", name.c_str(), (*end)->description().c_str());
    return (*end)->shell_code();
}

int attach(int argc, char** argv)
{
    CLI::App line(
        "Shows a session of 'tendril new' in this terminal, and types into it. Ctrl-\\ detaches: the session "
        "goes on.",
        "attach");
    std::string name;
    line.add_option("NAME", name, "the session, as tendril ls lists it")->required();
    if (auto const status = parse(line, argc, argv))
        return *status;
    if (!can_attach())
        return complain("attach", "standard input and output must be a terminal", exit_usage);
    auto const folder = session::host_folder::open();
    if (!folder)
        return complain("attach", folder.error());
    return attach_to("attach", *folder, name);
}

}  // namespace tendril::app
