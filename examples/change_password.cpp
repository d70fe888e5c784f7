// change_password PASSWORD-FILE COMMAND...: runs a command that asks twice for a new password, such as passwd
// eve, and answers. The password is typed while nothing echoes it, and is on no command line. The blocking
// face.
#include <tendril/base/file.hpp>
#include <tendril/session/blocking_dialogue.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace tendril;

int complain(std::string const& message)
{
    std::fprintf(stderr, "change_password: %s\n", message.c_str());
    return EXIT_FAILURE;
}

int main(int argc, char** argv)
{
    if (argc < 3)
        return complain("usage: change_password PASSWORD-FILE COMMAND...");
    auto const line = base::read_file(argv[1], 4096);
    if (!line)
        return complain(line.error().message());
    base::secret const password(line->substr(0, line->find('\n')));
    std::vector<std::string> const words(argv + 2, argv + argc);

    auto talk = session::blocking_dialogue::start({.program = process::command_of(words), .launch = {}});
    if (!talk)
        return complain(talk.error().message());
    auto const prompt = *expect::pattern::regex("^(New|Retype new) password:");
    for (int i = 0; i < 2; ++i) {
        auto const asked = talk->expect({prompt});
        if (!asked)
            return complain(asked.error().message());
        if (auto const typed = talk->send_secret(password); !typed)
            return complain(typed.error().message());
    }
    auto const verdict = talk->expect({*expect::pattern::regex("^passwd: .*$"), expect::pattern::end()});
    if (!verdict)
        return complain(verdict.error().message());
    std::puts(verdict->text.c_str());
    auto const ended = talk->wait();
    return ended ? ended->shell_code() : complain(ended.error().message());
}
