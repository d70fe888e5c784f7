#include <tendril/remote/arrival.hpp>

#include <cstdlib>
#include <cstring>
#include <string_view>

#include <sys/prctl.h>
#include <unistd.h>

namespace tendril::remote {

namespace {

constexpr std::string_view name_prefix = "tendril:";
constexpr std::string_view descriptor_prefix = "/proc/self/fd/";

/// Drops argv[0]. The words of argv lie behind each other; what ps(1) shows is where they began at the start.
void drop_first(std::span<char*> words) noexcept
{
    auto* const begin = words.front();
    auto* const end = words.back() + std::strlen(words.back()) + 1;
    auto const moved = words[1] - begin;
    std::memmove(begin, words[1], static_cast<std::size_t>(end - words[1]));
    std::memset(end - moved, 0, static_cast<std::size_t>(moved));
    for (std::size_t index = 1; index < words.size(); ++index)
        words[index - 1] = words[index] - moved;
    words.back() = nullptr;
}

}  // namespace

std::span<char*> arrive(int argc, char** argv) noexcept
{
    std::span words(argv, static_cast<std::size_t>(argc));
    if (words.size() > 1 && std::string_view(words[1]).starts_with(name_prefix)) {
        auto const started = std::string_view(words[0]);
        if (started.starts_with(descriptor_prefix))
            ::close(std::atoi(words[0] + descriptor_prefix.size()));
        drop_first(words);
        words = words.first(words.size() - 1);
    }
    if (!words.empty() && std::string_view(words[0]).starts_with(name_prefix))
        ::prctl(PR_SET_NAME, words[0]);
    return words;
}

}  // namespace tendril::remote
