#include <tendril/io/task_group.hpp>
#include <tendril/session/recording_log.hpp>
#include <tendril/session/redacting_log.hpp>
#include <tendril/session/system_log.hpp>
#include <tendril/term/terminal.hpp>

#include <csignal>
#include <memory>
#include <utility>

#include <apps/tendril/command_line.hpp>
#include <apps/tendril/run_session.hpp>
#include <apps/tendril/secret_prompt.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::app {

namespace {

using namespace std::chrono_literals;

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr int exit_timeout = 124;                // timeout(1)
constexpr int exit_broken_pipe = 128 + SIGPIPE;  // what the program would have ended with
constexpr auto input_patience = 5s;              // for an expected question, before piped input is typed
constexpr auto end_patience = 2s;                // between asking a program to end and killing it

record::header header_of(run_plan const& plan)
{
    record::header header;
    header.size = {plan.terminal.size.columns, plan.terminal.size.rows};
    header.began = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    header.command = plan.redactor ? plan.redactor->redacted(plan.command_line) : plan.command_line;
    for (auto const* name : {"SHELL", "TERM"})
        if (auto const value = plan.program.environment.value_of(name))
            header.environment.emplace(name, *value);
    header.terminal_type = header.environment["TERM"];
    return header;
}

/// One running `tendril run`.
struct run_in_progress {
    run_plan const& plan;
    session::session& program;
    session::answers& answers;
    session::console& console;

    std::optional<std::string> complaint;  // about the conversation, told once the terminal is restored
    std::optional<int> status;             // overrules the program's

    asio::awaitable<void> end_program();
    asio::awaitable<void> watch_patience();
    asio::awaitable<void> watch_refusal();
    asio::awaitable<int> to_the_end();
    void judge_answers(int program_status);
};

asio::awaitable<void> run_in_progress::end_program()
{
    asio::steady_timer pause(program.get_executor());
    for (int const signal : {SIGHUP, SIGTERM, SIGKILL}) {
        if (!program.signal_group(signal))
            co_return;  // it has ended
        pause.expires_after(end_patience / 2);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> run_in_progress::watch_patience()
{
    co_await answers.watch(*plan.patience);
    complaint = "waited in vain for '" + answers.unasked().front() + "' to appear on the screen";
    status = exit_timeout;
    co_await end_program();
}

asio::awaitable<void> run_in_progress::watch_refusal()
{
    auto const prompt = co_await answers.refusal();
    if (plan.around.input_is_terminal)
        co_return;  // the person can see it and type
    complaint = "the program asks '" + prompt + "' once more: it does not accept the answer";
    status = exit_failure;
    co_await end_program();
}

asio::awaitable<int> run_in_progress::to_the_end()
{
    io::task_group beside(program.get_executor());
    beside.spawn(answers.type());
    beside.spawn(watch_refusal());
    if (plan.patience)
        beside.spawn(watch_patience());
    auto const cut_short = co_await console.relay();

    if (cut_short) {
        program.hang_up();
        beside.spawn(end_program());  // what ignores the loss of its terminal
    }
    auto const [why, how] = co_await program.async_wait(tuple);
    beside.cancel();
    co_await beside.join();

    if (cut_short == boost::system::errc::broken_pipe)
        co_return exit_broken_pipe;
    if (why) {
        complaint = "cannot tell how the program ended: " + why.message();
        co_return exit_failure;
    }
    if (!how.success())
        if (auto restored = console.restore(); !restored && !complaint)
            complaint = restored.error().message();
    judge_answers(how.shell_code());
    co_return status.value_or(how.shell_code());
}

void run_in_progress::judge_answers(int program_status)
{
    auto const unasked = answers.unasked();
    if (complaint || unasked.empty())
        return;
    // A conversation that never took place is an error; one question less than expected only when that was
    // asked for.
    bool const in_vain = plan.patience || !answers.any_given();
    if (!in_vain && program_status == 0)
        return;
    complaint = "the program ended (status " + std::to_string(program_status) + ") before '" +
                unasked.front() + "' appeared on the screen; --answer-if is for questions that may not come";
    if (program_status == 0)
        status = exit_failure;
}

/// Where the output goes beside the person.
struct output_logs {
    std::shared_ptr<session::recording_log> recording;
    std::shared_ptr<session::system_log> system;
};

/// How it went, once the terminal is as it was.
struct outcome {
    int status = exit_failure;
    std::optional<std::string> complaint;
};

/// What the redactor takes out reaches no log.
void attach(std::shared_ptr<session::log> to, session::session& program, run_plan const& plan)
{
    if (plan.redactor)
        to = std::make_shared<session::redacting_log>(std::move(to), *plan.redactor);
    program.log_to(std::move(to));
}

output_logs begin_logs(asio::io_context& loop, session::session& program, run_plan& plan)
{
    output_logs logs;
    if (plan.recording) {
        auto const begun = plan.recording->begin(header_of(plan));
        logs.recording = std::make_shared<session::recording_log>(
            loop.get_executor(), std::move(*plan.recording),
            begun ? std::nullopt : std::optional(begun.error().message()));
        attach(logs.recording, program, plan);
    }
    if (plan.syslog) {
        logs.system =
            std::make_shared<session::system_log>(loop.get_executor(), plan.syslog->to, plan.syslog->who);
        attach(logs.system, program, plan);
    }
    return logs;
}

/// From the program's start until it has ended and the terminal is given back.
outcome converse(asio::io_context& loop, session::session& program, run_plan& plan)
{
    session::piped_input piped;
    bool const has_answers = !plan.answers.empty();
    session::answers answers(program, std::move(plan.answers));
    if (has_answers)
        piped = {session::piped_input::end::counts_after_input,
                 [&] { return answers.settled(input_patience); }};
    auto console = session::console::open(program, plan.around, std::move(piped));
    if (!console)
        return {exit_failure, console.error().message()};
    no_core_dump const keystrokes_pass_through_here;

    run_in_progress run{plan, program, answers, *console, std::nullopt, std::nullopt};
    outcome end;
    asio::co_spawn(loop, run.to_the_end(), [&](std::exception_ptr why, int status) {
        if (why)
            std::rethrow_exception(why);
        end.status = status;
        loop.stop();
    });
    loop.run();
    end.complaint = std::move(run.complaint);
    return end;
}

}  // namespace

int run_session(run_plan plan)
{
    asio::io_context loop(1);
    output_logs logs;
    outcome end;
    {
        auto screen = std::make_unique<term::terminal>(
            term::grid_size{plan.terminal.size.columns, plan.terminal.size.rows},
            term::terminal_limits{.history_lines = 0});
        bool const viewer_answers = plan.around.input_is_terminal && plan.around.output_is_terminal;
        auto program = session::session::start(
            loop.get_executor(),
            {.program = plan.program,
             .launch = {.terminal = plan.terminal, .jobs = pty::job_control::monitored},
             .replies = viewer_answers ? session::replies_from::viewer : session::replies_from::emulator,
             .limits = session::size_limits::none()},  // it is the person's own terminal
            std::move(screen));
        if (!program)
            return complain("run", program.error(), process::shell_code(program.error()));
        logs = begin_logs(loop, *program, plan);
        end = converse(loop, *program, plan);
    }
    if (logs.recording) {
        logs.recording->close();
        if (auto const problem = logs.recording->problem())
            complain("run", "the recording is incomplete: " + *problem);
    }
    if (logs.system) {
        loop.restart();
        loop.run_for(session::system_log::patience + 1s);  // what is on its way to the daemon
        if (auto const problem = logs.system->problem())
            complain("run", "the system's log is incomplete: " + *problem);
    }
    if (end.complaint)
        complain("run", *end.complaint);
    return end.status;
}

}  // namespace tendril::app
