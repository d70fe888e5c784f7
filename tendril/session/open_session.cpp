#include <tendril/base/quote.hpp>
#include <tendril/session/detail/terminal_defaults.hpp>
#include <tendril/session/finalising_log.hpp>
#include <tendril/session/open_session.hpp>
#include <tendril/session/recording_log.hpp>
#include <tendril/session/system_log.hpp>
#include <tendril/syslog/this_process.hpp>
#include <tendril/term/terminal.hpp>

#include <chrono>
#include <cstdlib>
#include <utility>

namespace tendril::session {

namespace {

void complete(process::environment& variables, session_plan const& plan, pty::window_size size)
{
    variables.set("TERM", plan.terminal_type);
    if (plan.size_in_environment == size_variables::set) {
        variables.set("COLUMNS", std::to_string(size.columns));
        variables.set("LINES", std::to_string(size.rows));
    } else {
        variables.unset("COLUMNS").unset("LINES");
    }
    if (!variables.value_of("LANG"))
        variables.set("LANG", "C.UTF-8");
    if (!variables.value_of("PATH"))
        variables.set("PATH", "/usr/local/bin:/usr/bin:/bin");
}

record::header header_of(session_plan const& plan, pty::window_size size)
{
    record::header header;
    header.size = {size.columns, size.rows};
    header.began = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    std::vector<std::string> words{plan.program.program};
    words.insert(words.end(), plan.program.arguments.begin(), plan.program.arguments.end());
    header.command = base::shell_join(words);
    header.terminal_type = plan.terminal_type;
    header.environment["TERM"] = plan.terminal_type;
    if (!plan.id.empty())
        header.more["term_id"] = plan.id;
    if (!plan.user.empty())
        header.more["user"] = plan.user;
    return header;
}

std::shared_ptr<log> begun_log(io::executor on, session_plan& plan, record::recording_file file,
                               record::header const& header)
{
    auto const begun = file.begin(header);
    auto recording = std::make_unique<recording_log>(
        on, std::move(file), begun ? std::nullopt : std::optional(begun.error().message()));
    if (!plan.background)
        return recording;
    return std::make_shared<finalising_log>(on, std::move(recording),
                                            finalising{.path = *plan.log_path,
                                                       .facts = header.more,
                                                       .background = plan.background,
                                                       .on_done = std::move(plan.on_log_finalised)});
}

std::shared_ptr<log> system_log_of(io::executor on, session_plan const& plan)
{
    auto who = syslog::identity_of_this_process(plan.syslog->from);
    who.user = plan.user;
    who.terminal = plan.id;
    return std::make_shared<system_log>(on, plan.syslog->to, std::move(who));
}

}  // namespace

int open_error::shell_code() const noexcept
{
    return at ? process::shell_code({*this, *at}) : EXIT_FAILURE;
}

std::expected<session, open_error> open_session(io::executor on, session_plan plan)
{
    auto attributes = detail::usual_attributes();
    if (!attributes)
        return std::unexpected(open_error{std::move(attributes.error())});
    std::optional<record::recording_file> file;
    if (plan.log_path) {
        auto prepared = record::recording_file::prepare(*plan.log_path, plan.log_format);
        if (!prepared)
            return std::unexpected(open_error{std::move(prepared.error())});
        file.emplace(std::move(*prepared));
    }
    auto const size = clamped(plan.size, plan.limits, plan.cell);
    auto const header = header_of(plan, size);
    complete(plan.program.environment, plan, size);
    if (!plan.emulator)
        plan.emulator = std::make_unique<term::terminal>(term::grid_size{size.columns, size.rows});
    auto started = session::start(on,
                                  {.program = std::move(plan.program),
                                   .launch = {.terminal = {.size = size, .attributes = *attributes}},
                                   .id = plan.id,
                                   .limits = plan.limits,
                                   .cell = plan.cell},
                                  std::move(plan.emulator));
    if (!started)
        return std::unexpected(open_error{started.error(), started.error().at});
    if (file)
        started->log_to(begun_log(on, plan, std::move(*file), header));
    if (plan.syslog)
        started->log_to(system_log_of(on, plan));
    if (plan.trace)
        started->trace_expectations_to(std::move(plan.trace));
    started->keep_reading();
    return std::move(*started);
}

}  // namespace tendril::session
