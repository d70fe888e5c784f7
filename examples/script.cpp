// script [-a] [FILE [COMMAND [ARGUMENT...]]]: records what a terminal session shows, as script(1) does.
#include <tendril/pty/spawn.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

using namespace tendril;

std::string now()
{
    auto const seconds = std::time(nullptr);
    char text[64];
    return {text, std::strftime(text, sizeof text, "%F %T%z", std::localtime(&seconds))};
}

int complain(std::string const& message)
{
    std::fprintf(stderr, "script: %s\n", message.c_str());
    return EXIT_FAILURE;
}

int main(int argc, char** argv)
{
    std::vector<std::string> words(argv + 1, argv + argc);
    bool const append = !words.empty() && words.front() == "-a";
    if (append)
        words.erase(words.begin());
    std::string const path = words.empty() ? "typescript" : words.front();
    if (!words.empty())
        words.erase(words.begin());
    if (words.empty()) {
        auto const* const shell = std::getenv("SHELL");
        words.push_back(shell ? shell : "/bin/sh");
    }

    using file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
    file const typescript(std::fopen(path.c_str(), append ? "ae" : "we"), std::fclose);
    if (!typescript)
        return complain("cannot open " + path);
    std::fprintf(typescript.get(), "Script started on %s\n", now().c_str());

    auto const status = pty::spawn(words, [&](base::byte_view chunk) {
        std::fwrite(chunk.data(), 1, chunk.size(), typescript.get());
        return std::string(base::text_of(chunk));
    });
    if (!status)
        return complain(status.error().message());

    std::fprintf(typescript.get(), "Script done on %s [exit code %d]\n", now().c_str(),
                 status->signed_code());
    return status->shell_code();
}
