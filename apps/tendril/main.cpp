#include <cstdio>
#include <string_view>

#include <apps/tendril/command_line.hpp>
#include <apps/tendril/verbs.hpp>
#include <apps/version.hpp>

namespace {

using namespace tendril::app;

void print_help()
{
    std::puts("tendril runs programs in terminals, drives them, shows them and records them.\n\n"
              "Usage: tendril VERB [OPTIONS]\n");
    for (auto const& each : verbs)
        std::printf("  %-10s %s\n", each.name.data(), each.summary.data());
    std::puts("\n'tendril VERB --help' explains a verb. 'tendril --version' prints the version.");
}

}  // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        print_help();
        return exit_usage;
    }
    std::string_view const word = argv[1];
    if (word == "--help" || word == "-h" || word == "help") {
        print_help();
        return 0;
    }
    if (word == "--version") {
        std::puts("tendril " TENDRIL_VERSION);
        return 0;
    }
    for (auto const& each : verbs)
        if (each.name == word)
            return each.main(argc - 1, argv + 1);
    return complain(word, "no such verb (see tendril --help)", exit_usage);
}
