/// @file
/// Scripts that hand their program to a person, for tests that sit in the person's chair. Layer: session, for
/// tests only.
///
/// Usage: session_test_child PROGRAM_SCRIPT. Waits for "ready", hands over, says how that ended, and, after
/// the escape key, types "from the script" and repeats what it matches of the answer.

#include <tendril/session/blocking_dialogue.hpp>

#include <cstdio>
#include <string>

namespace {

using namespace tendril;

int run(std::string const& script)
{
    auto talk = session::blocking_dialogue::start(
        {.program = process::command{.program = "sh",
                                     .arguments = {"-c", script},
                                     .environment = process::environment::inherit()},
         .launch = {}});
    if (!talk || !talk->expect({*expect::pattern::exact("ready")}))
        return 1;
    auto const turn = talk->interact();
    if (!turn)
        return 2;
    if (*turn == session::turn_end::end_of_output) {
        std::puts("the program ended");
        return 0;
    }
    std::puts("escaped");
    if (!talk->send_line("from the script"))
        return 3;
    auto const answer = talk->expect({*expect::pattern::regex("got (.*?)\r\n")});
    if (!answer)
        return 4;
    std::printf("script saw %s\n", answer->groups.at(0).c_str());
    return talk->wait() ? 0 : 5;
}

}  // namespace

int main(int argc, char** argv)
{
    return argc == 2 ? run(argv[1]) : 64;
}
