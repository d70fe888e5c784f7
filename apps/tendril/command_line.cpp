#include <tendril/base/quote.hpp>

#include <algorithm>
#include <cstdio>

#include <CLI/CLI.hpp>
#include <apps/tendril/command_line.hpp>

namespace tendril::app {

std::optional<int> parse(CLI::App& line, int argc, char** argv)
{
    try {
        line.parse(argc, argv);
        return std::nullopt;
    } catch (CLI::CallForHelp const&) {
        std::fputs(line.help().c_str(), stdout);
        return 0;
    } catch (CLI::ParseError const& why) {
        return complain(line.get_name(),
                        std::string(why.what()) + " (see tendril " + line.get_name() + " --help)",
                        exit_usage);
    }
}

std::optional<int> parse_with_program(CLI::App& line, int argc, char** argv,
                                      std::vector<std::string>& program)
{
    line.prefix_command();
    auto const dashes = std::find(argv, argv + argc, std::string_view("--"));  // behind it nothing is ours
    if (auto const status = parse(line, static_cast<int>(dashes - argv), argv))
        return status;
    program = line.remaining();
    if (!program.empty() && program.front().starts_with('-'))
        return complain(line.get_name(),
                        "unknown option " + program.front() + " (see tendril " + line.get_name() + " --help)",
                        exit_usage);
    if (dashes != argv + argc)
        program.insert(program.end(), dashes + 1, argv + argc);
    return std::nullopt;
}

int complain(std::string_view verb, std::string_view message, int status)
{
    auto const text = "tendril " + std::string(verb) + ": " + base::printable(message) + "\n";
    std::fputs(text.c_str(), stderr);
    return status;
}

int complain(std::string_view verb, error const& why, int status)
{
    return complain(verb, why.message(), status);
}

}  // namespace tendril::app
