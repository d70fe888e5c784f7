#include <tendril/session/host_process.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <apps/tendril/attach.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/new_session.hpp>
#include <apps/tendril/session_name.hpp>
#include <apps/tendril/size_option.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

namespace {

struct new_options {
    std::string name;
    std::string size;
    long linger_seconds = 3600;
    bool detached = false;
    std::vector<std::string> command;
};

std::optional<int> parse_options(int argc, char** argv, new_options& into)
{
    CLI::App line("Runs a program in a session of its own, which goes on when this terminal is closed; and "
                  "attaches to it.\n"
                  "Usage: tendril new [OPTIONS] [--] [PROGRAM [ARGS]]   without a program: your shell",
                  "new");
    line.add_option("-s,--name", into.name, "The session's name; default: the smallest number that is free");
    line.add_flag("-d,--detached", into.detached, "Do not attach; print the session's name");
    line.add_option("--size", into.size, "COLUMNSxROWS; default: this terminal's, else 80x24");
    line.add_option(
            "--linger", into.linger_seconds,
            "Seconds that the exit status is kept for when nobody is attached at the end; default: an hour")
        ->check(CLI::Range(0L, 1'000'000'000L));
    if (auto const status = parse_with_program(line, argc, argv, into.command))
        return status;
    if (into.command.empty()) {
        auto const* shell = std::getenv("SHELL");
        into.command = {shell && *shell ? shell : "/bin/sh"};
    }
    return std::nullopt;
}

}  // namespace

int new_session(int argc, char** argv)
{
    new_options options;
    if (auto const status = parse_options(argc, argv, options))
        return *status;
    if (!options.name.empty() && !session::host_folder::is_name(options.name))
        return complain_about("new", options.name,
                              {make_error_code(boost::system::errc::invalid_argument), {}});
    if (!options.detached && !can_attach())
        return complain("new", "standard input and output must be a terminal; -d starts without one",
                        exit_usage);

    session::host_plan plan;
    plan.name = options.name;
    plan.linger = std::chrono::seconds(options.linger_seconds);
    plan.session.program = process::command_of(options.command);
    plan.session.size_in_environment = session::size_variables::left_out;
    plan.session.limits = {.rows = largest_side, .columns = largest_side};
    if (!options.size.empty()) {
        auto const size = parse_size(options.size);
        if (!size)
            return complain("new", size_complaint(options.size), exit_usage);
        plan.session.size = {.columns = size->columns, .rows = size->rows};
    } else if (auto const size = pty::window_size_of(STDOUT_FILENO); size && size->columns > 0) {
        plan.session.size = *size;
    }
    auto const folder = session::host_folder::open();
    if (!folder)
        return complain("new", folder.error());
    auto const started = session::start_host(*folder, std::move(plan));
    if (!started && started.error().code == boost::system::errc::address_in_use)
        return complain("new", "there is a session '" + options.name + "' already (tendril attach " +
                                   options.name + ")");
    if (!started)
        return complain("new", started.error(), started.error().shell_code);
    if (!options.detached)
        return attach_to("new", *folder, started->name);
    std::puts(started->name.c_str());
    return 0;
}

}  // namespace tendril::app
