#pragma once

/// @file
/// What runs on this machine and what it shows of itself. Layer: remote (base); for tests.

#include <tendril/base/file.hpp>

#include <algorithm>
#include <filesystem>
#include <string>

namespace tendril::remote::testing {

/// The files of that name of all processes, one behind the other, with spaces between their parts. What ends
/// meanwhile is left out.
inline std::string shown_by_processes(std::string const& name)
{
    std::string all;
    for (auto const& each : std::filesystem::directory_iterator("/proc")) {
        auto text = base::read_file((each.path() / name).string(), 1024 * 1024);
        if (text)
            all += *text + '\n';
    }
    std::ranges::replace(all, '\0', ' ');
    return all;
}

}  // namespace tendril::remote::testing
