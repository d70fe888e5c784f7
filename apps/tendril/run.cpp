#include <tendril/base/quote.hpp>
#include <tendril/record/recording_file.hpp>
#include <tendril/session/console.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <apps/tendril/answer_option.hpp>
#include <apps/tendril/command_line.hpp>
#include <apps/tendril/redact_option.hpp>
#include <apps/tendril/run.hpp>
#include <apps/tendril/run_session.hpp>
#include <apps/tendril/secret_prompt.hpp>
#include <apps/tendril/size_option.hpp>

namespace tendril::app {

namespace {

struct run_options {
    std::vector<std::string> answers;
    std::vector<std::string> possible_answers;
    std::vector<std::string> redacted;
    std::string record;
    std::string record_format = "asciicast-v3";
    std::string syslog;
    std::string facility = "user";
    std::string size;
    double expect_timeout = 0;
    std::vector<std::string> command;
};

std::optional<int> parse_options(int argc, char** argv, run_options& into)
{
    CLI::App line(
        "Runs a program in a terminal as if it ran alone: same screen, keys, window size, Ctrl-Z and exit "
        "status.\nUsage: tendril run [OPTIONS] [--] PROGRAM [ARGS]",
        "run");
    line.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    line.add_option("--answer", into.answers,
                    "REGEX=TEXT: when REGEX appears on the screen, type TEXT and Enter. REGEX=@NAME: the "
                    "secret in the "
                    "file NAME, or asked for once. The screen is matched with trailing blanks cut")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->expected(1)
        ->allow_extra_args(false);
    line.add_option("--answer-if", into.possible_answers, "The same for a question that may not come")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->expected(1)
        ->allow_extra_args(false);
    line.add_option(
            "--expect-timeout", into.expect_timeout,
            "Seconds to wait for each question of --answer; then the program is ended and the status is 124")
        ->check(CLI::Range(0.001, 1e9));
    line.add_option("--redact", into.redacted,
                    "REGEX: what it matches is not recorded. @FILE: neither is any line of FILE, verbatim")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->expected(1)
        ->allow_extra_args(false);
    line.add_option("--record", into.record, "Record the output into this file; keys are never recorded");
    line.add_option("--record-format", into.record_format, "asciicast-v3, asciicast-v2, golog or ttyrec")
        ->check(CLI::IsMember({"asciicast-v3", "asciicast-v2", "golog", "ttyrec"}));
    line.add_option("--syslog", into.syslog,
                    "Send lines of output to a log daemon: local, local:/PATH, udp://HOST[:PORT], tcp://..., "
                    "tls://...");
    line.add_option("--facility", into.facility, "of --syslog: user (the default), daemon, local0 ...");
    line.add_option("--size", into.size, "COLUMNSxROWS; default: this terminal's, else 80x24");
    if (auto const status = parse_with_program(line, argc, argv, into.command))
        return status;
    if (!into.redacted.empty() && into.record.empty() && into.syslog.empty())
        return complain("run", "--redact is for --record and --syslog", exit_usage);
    if (into.command.empty())
        return complain("run", "no program given (see tendril run --help)", exit_usage);
    return std::nullopt;
}

result<std::vector<session::answer_rule>> parse_answers(run_options const& options)
{
    std::vector<session::answer_rule> rules;
    for (auto const& [arguments, need] :
         {std::pair(&options.answers, session::question::expected),
          std::pair(&options.possible_answers, session::question::possible)}) {
        for (auto const& argument : *arguments) {
            auto rule = parse_answer(argument, need);
            if (!rule)
                return std::unexpected(std::move(rule.error()));
            rules.push_back(std::move(*rule));
        }
    }
    return rules;
}

process::command program_of(run_options const& options, session::surroundings const& around)
{
    auto program = process::command_of(options.command);
    auto const term = program.environment.value_of("TERM");
    if (!around.output_is_terminal && (!term || term->empty() || *term == "dumb"))
        program.environment.set("TERM", "xterm-256color");
    return program;
}

}  // namespace

int run(int argc, char** argv)
{
    run_options options;
    if (auto const status = parse_options(argc, argv, options))
        return *status;
    std::signal(SIGPIPE, SIG_IGN);

    auto const around = session::surroundings::detect();
    auto terminal = around.terminal_for_program();
    if (!terminal)
        return complain("run", terminal.error());
    if (!options.size.empty()) {
        auto const size = parse_size(options.size);
        if (!size)
            return complain("run", size_complaint(options.size), exit_usage);
        terminal->size = {.columns = size->columns, .rows = size->rows};
    }
    auto rules = parse_answers(options);
    if (!rules)
        return complain("run", rules.error(), exit_usage);

    run_plan plan{.program = program_of(options, around),
                  .terminal = *terminal,
                  .around = around,
                  .answers = std::move(*rules),
                  .command_line = base::shell_join(options.command)};
    if (options.expect_timeout > 0)
        plan.patience = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
            std::chrono::duration<double>(options.expect_timeout));
    if (!options.record.empty()) {
        auto const to = record::parse_format(options.record_format);
        auto prepared = record::recording_file::prepare(options.record, *to);
        if (!prepared)
            return complain("run", prepared.error(), exit_usage);
        plan.recording.emplace(std::move(*prepared));
    }
    if (!options.redacted.empty()) {
        auto redactor = parse_redactions(options.redacted);
        if (!redactor)
            return complain("run", redactor.error(), exit_usage);
        plan.redactor = std::move(*redactor);
    }
    if (!options.syslog.empty()) {
        auto daemon = parse_syslog(options.syslog, options.facility);
        if (!daemon)
            return complain("run", daemon.error(), exit_usage);
        plan.syslog = std::move(*daemon);
    }
    return run_session(std::move(plan));
}

}  // namespace tendril::app
