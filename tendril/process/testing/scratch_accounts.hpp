#pragma once

/// @file
/// A copy of /etc with a user of its own, for tests that change accounts. Nothing outside of it is changed.
/// Layer: process (base, io); for tests.

#include <tendril/process/output.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace tendril::process::testing {

/// What a program wrote and how it ended.
inline captured run(std::vector<std::string> const& words)
{
    asio::io_context loop;
    auto seen = async_output_and_status(loop.get_executor(), command_of(words), {}, asio::use_future);
    loop.run();
    return seen.get().value();
}

/// A folder with a copy of /etc, in which the user `scratch` exists; programs see it as /etc through
/// within().
class scratch_accounts {
public:
    scratch_accounts()
    {
        if (::getuid() != 0 || ::mkdtemp(path_.data()) == nullptr)
            return;
        auto const made = run({"sh", "-c", "cp -a /etc " + path_ + "/etc && mkdir -p " + path_ + "/run"});
        auto const words = within({"useradd", "-M", "-d", "/", "-s", "/bin/sh", "scratch"});
        usable_ = made.ending.status.success() && run(words).ending.status.success();
    }
    ~scratch_accounts()
    {
        std::error_code ignored;  // a folder that was never made
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_accounts(scratch_accounts const&) = delete;
    scratch_accounts& operator=(scratch_accounts const&) = delete;

    /// False without root, or where mounts are not allowed.
    [[nodiscard]] bool usable() const noexcept { return usable_; }

    [[nodiscard]] std::string file(std::string const& name, std::string const& text) const
    {
        auto const where = path_ + '/' + name;
        std::ofstream(where) << text;
        return where;
    }

    /// The command, to be run with the copy in the place of /etc.
    [[nodiscard]] std::vector<std::string> within(std::vector<std::string> command) const
    {
        std::vector<std::string> words{
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount --bind " + path_ + "/etc /etc && mkdir -p /run/sshd && exec \"$@\"",
            "sh"};
        words.insert(words.end(), std::make_move_iterator(command.begin()),
                     std::make_move_iterator(command.end()));
        return words;
    }

    /// The line of `scratch` in the copy's shadow file.
    [[nodiscard]] std::string shadow_line() const
    {
        std::ifstream file(path_ + "/etc/shadow");
        for (std::string line; std::getline(file, line);)
            if (line.starts_with("scratch:"))
                return line;
        return {};
    }

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
    std::string path_ = (std::filesystem::temp_directory_path() / "tendril-accounts-XXXXXX").string();
    bool usable_ = false;
};

/// @p first with all of @p rest behind it.
inline std::vector<std::string> joined(std::vector<std::string> first, std::vector<std::string> const& rest)
{
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

}  // namespace tendril::process::testing
