// tendril-agent: the small program that travels. It puts a program on a terminal where it runs, for a caller
// that has nothing but a byte stream to this machine: `ssh host tendril-agent run -- CMD` behaves like `ssh
// -t host CMD`.

#include <tendril/pty/spawn.hpp>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <sys/utsname.h>

#include <apps/version.hpp>

namespace {

using namespace tendril;

constexpr int exit_usage = 2;

int usage()
{
    std::fputs("usage: tendril-agent identify | tendril-agent run -- PROGRAM [ARGS]\n", stderr);
    return exit_usage;
}

/// One line that says which agent this is and what it runs on.
int identify()
{
    utsname system{};
    if (::uname(&system) < 0) {
        std::fprintf(stderr, "tendril-agent: %s\n", os_failure("name this system").error().message().c_str());
        return 1;
    }
    std::printf("tendril-agent %s %s %s\n", TENDRIL_VERSION, system.sysname, system.machine);
    return 0;
}

int run(std::vector<std::string> const& argv)
{
    auto const status = pty::spawn(argv);
    if (!status) {
        std::fprintf(stderr, "tendril-agent: %s\n", status.error().message().c_str());
        return process::shell_code(status.error());
    }
    return status->shell_code();
}

}  // namespace

int main(int argc, char** argv)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "identify")
        return identify();
    if (words.size() < 3 || words[0] != "run" || words[1] != "--")
        return usage();
    words.erase(words.begin(), words.begin() + 2);
    return run(words);
}
