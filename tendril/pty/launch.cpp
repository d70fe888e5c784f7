#include <tendril/process/child.hpp>
#include <tendril/process/spawn.hpp>
#include <tendril/pty/audit.hpp>
#include <tendril/pty/detail/controlled_program.hpp>
#include <tendril/pty/detail/monitor_linux.hpp>
#include <tendril/pty/launch.hpp>

#include <string>
#include <utility>
#include <vector>

namespace tendril::pty {

namespace {

using process::spawn_error;
using started_program = std::expected<std::unique_ptr<detail::controlled_program>, spawn_error>;

std::vector<std::string> argv_of(process::command const& what)
{
    std::vector<std::string> argv{what.argv0.value_or(what.program)};
    argv.insert(argv.end(), what.arguments.begin(), what.arguments.end());
    return argv;
}

void put_on_terminal(process::command& what, int slave)
{
    std::erase_if(what.descriptors,
                  [](process::descriptor_mapping const& each) { return each.child >= 0 && each.child <= 2; });
    for (int standard = 0; standard <= 2; ++standard)
        what.descriptors.push_back({standard, slave});
}

started_program start_directly(io::executor on, process::command& what, int slave)
{
    what.group = process::grouping::own_session;
    what.joined_group.reset();
    what.controlling_terminal = slave;
    what.foreground_terminal.reset();
    auto leader = process::launch(std::move(on), what);
    if (!leader)
        return std::unexpected(std::move(leader.error()));
    return detail::make_direct_program(std::move(*leader));
}

started_program start_monitored(io::executor on, process::command& what, int slave)
{
    what.group = process::grouping::own_group;
    what.joined_group.reset();
    what.controlling_terminal.reset();
    what.foreground_terminal = slave;
    auto prepared = process::prepared_command::prepare(what);
    if (!prepared)
        return std::unexpected(std::move(prepared.error()));
    auto started = detail::start_monitor(*prepared, slave);
    if (!started)
        return std::unexpected(prepared->describe(started.error()));
    process::child monitor(std::move(on), std::move(started->monitor));
    return detail::make_monitored_program(std::move(monitor), started->program, std::move(started->control));
}

}  // namespace

std::expected<terminal_child, spawn_error> launch(io::executor on, process::command what,
                                                  launch_options const& options)
{
    auto terminal = open(options.terminal);
    if (!terminal)
        return std::unexpected(
            process::make_spawn_error(process::step::open_terminal, terminal.error().code, what.program));
    return launch_on(std::move(on), std::move(what), std::move(*terminal), options.jobs);
}

std::expected<terminal_child, spawn_error> launch_on(io::executor on, process::command what, pair terminal,
                                                     job_control jobs)
{
    if (auto const refused = audit(argv_of(what)); refused)
        return std::unexpected(process::make_spawn_error(process::step::audit, refused, what.program));
    auto const slave = terminal.slave.get();
    put_on_terminal(what, slave);
    auto started =
        jobs == job_control::monitored ? start_monitored(on, what, slave) : start_directly(on, what, slave);
    if (!started)
        return std::unexpected(std::move(started.error()));
    return terminal_child{program(std::move(*started)), stream(std::move(on), std::move(terminal.master))};
}

}  // namespace tendril::pty
