// whole_screen REGEX COMMAND...: runs a program on a terminal of 50 lines until the expression matches what
// the screen shows, over as many lines as it likes, and prints the match.
#include <tendril/session/blocking_dialogue.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace tendril;

int complain(std::string const& message)
{
    std::fprintf(stderr, "whole_screen: %s\n", message.c_str());
    return EXIT_FAILURE;
}

int main(int argc, char** argv)
{
    if (argc < 3)
        return complain("usage: whole_screen REGEX COMMAND...");
    auto const wanted = expect::pattern::regex(argv[1]);
    if (!wanted)
        return complain(wanted.error().message());
    std::vector<std::string> const words(argv + 2, argv + argc);
    session::start_options how{.program = process::command_of(words), .launch = {}};
    how.launch.terminal.size = {.columns = 80, .rows = 50};
    auto talk = session::blocking_dialogue::start(std::move(how));
    if (!talk)
        return complain(talk.error().message());
    auto const shown = talk->expect({*wanted}, session::blocking_dialogue::patience, expect::source::screen);
    if (!shown)
        return complain(shown.error().message());
    std::puts(shown->text.c_str());
}
