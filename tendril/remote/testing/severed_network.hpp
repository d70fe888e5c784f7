#pragma once

/// @file
/// Two networks with a cable between them that can be cut. Nothing else is on either. Layer: remote (base,
/// process); for tests.

#include <tendril/base/file.hpp>
#include <tendril/remote/testing/running_program.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

namespace tendril::remote::testing {

/// Ownership: each network is there as long as a program in it.
class severed_network {
public:
    static constexpr char const* near_address = "169.254.77.1";
    static constexpr char const* far_address = "169.254.77.2";

    severed_network() { lay_cable(); }

    /// The command, to be run on that side.
    [[nodiscard]] std::vector<std::string> near(std::vector<std::string> const& command) const
    {
        return entering(near_, command);
    }
    [[nodiscard]] std::vector<std::string> far(std::vector<std::string> const& command) const
    {
        return entering(far_, command);
    }

    /// Nothing that is sent arrives any more, and neither side is told.
    void cut() const { must_run(far({"ip", "link", "set", "far", "down"})); }

    /// The programs on that side whose command lines begin with @p beginning.
    [[nodiscard]] std::vector<std::string> near_programs(std::string const& beginning = {}) const
    {
        return programs(near_, beginning);
    }
    [[nodiscard]] std::vector<std::string> far_programs(std::string const& beginning = {}) const
    {
        return programs(far_, beginning);
    }

    /// False, with a word about it, where no networks can be made.
    [[nodiscard]] static bool possible()
    {
        auto const able = ::getuid() == 0 &&
                          std::system("unshare -n ip link add near type veth peer name far 2>/dev/null") == 0;
        if (!able)
            MESSAGE("skipped: this needs root and networks of its own");
        return able;
    }

private:
    static std::vector<std::string> holder()
    {
        return {"unshare", "-n", "sh", "-c", "echo made; exec sleep 1000"};
    }

    static std::string network_of(pid_t process) { return "/proc/" + std::to_string(process) + "/ns/net"; }

    static std::vector<std::string> entering(running_program const& holder,
                                             std::vector<std::string> const& command)
    {
        return process::testing::joined({"nsenter", "--net=" + network_of(holder.pid())}, command);
    }

    static void must_run(std::vector<std::string> const& words)
    {
        auto const seen = process::testing::run(words);
        REQUIRE_MESSAGE(seen.ending.status.success(), seen.errors);
    }

    void lay_cable()
    {
        for (auto* each : {&near_, &far_})
            each->until([&] { return each->output().contains("made"); });
        must_run(near({"ip", "link", "add", "near", "type", "veth", "peer", "name", "far", "netns",
                       std::to_string(far_.pid())}));
        must_run(near({"ip", "address", "add", near_address + std::string("/30"), "dev", "near"}));
        must_run(far({"ip", "address", "add", far_address + std::string("/30"), "dev", "far"}));
        for (auto const* each : {"lo", "near"})
            must_run(near({"ip", "link", "set", each, "up"}));
        for (auto const* each : {"lo", "far"})
            must_run(far({"ip", "link", "set", each, "up"}));
    }

    static std::vector<std::string> programs(running_program const& holder, std::string const& beginning)
    {
        std::error_code gone;
        auto const network = std::filesystem::read_symlink(network_of(holder.pid()), gone);
        std::vector<std::string> found;
        for (auto const& each : std::filesystem::directory_iterator("/proc")) {
            auto const its = std::filesystem::read_symlink(each.path() / "ns/net", gone);
            if (gone || its != network || each.path().filename() == std::to_string(holder.pid()))
                continue;
            auto line = base::read_file((each.path() / "cmdline").string(), 65536).value_or("");
            std::ranges::replace(line, '\0', ' ');
            if (!line.empty() && line.starts_with(beginning))
                found.push_back(line);
        }
        return found;
    }

    running_program near_{holder()};
    running_program far_{holder()};
};

}  // namespace tendril::remote::testing
