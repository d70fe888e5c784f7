/// @file
/// The program that tests send to a far end: says what it was started as, then what its second argument asks
/// for. Layer: remote; for tests. Linked with nothing but the C library.

#include <tendril/remote/arrival.hpp>

#include <cstdio>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

namespace {

int echo()
{
    char buffer[4096];
    for (ssize_t count; (count = ::read(0, buffer, sizeof(buffer))) > 0;)
        if (::write(1, buffer, static_cast<std::size_t>(count)) != count)
            return 1;
    return 0;
}

/// What ps(1) would show, and how many descriptors there are above the standard ones.
void show_process()
{
    char buffer[256] = {};
    for (auto const* file : {"/proc/self/cmdline", "/proc/self/comm"}) {
        auto* const from = std::fopen(file, "r");
        auto const count = from ? std::fread(buffer, 1, sizeof(buffer) - 1, from) : 0;
        for (std::size_t at = 0; at < count; ++at)
            if (buffer[at] != '\n')
                std::putchar(buffer[at] ? buffer[at] : '|');
        if (from)
            std::fclose(from);
    }
    int open = 0;
    for (int descriptor = 3; descriptor < 64; ++descriptor)
        open += ::fcntl(descriptor, F_GETFD) >= 0;
    std::printf("+%d\n", open);
}

}  // namespace

int main(int argc, char** argv)
{
    auto const given = tendril::remote::arrive(argc, argv);
    auto const word = std::string_view(given.size() > 1 ? given[1] : "");
    std::printf("%s %s\n", given[0], given.size() > 1 ? given[1] : "");
    if (word == "process")
        show_process();
    if (word == "complain")
        std::fprintf(stderr, "first line\nsecond line\nhalf");
    if (word == "fail")
        return 3;
    std::fflush(stdout);
    return echo();
}
