#pragma once

/// @file
/// What tests of spawning share: a scratch folder, a program's output, a refusal, a shell.
/// Layer: process (base, io); for tests.

#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/process/reap.hpp>
#include <tendril/process/spawn.hpp>
#include <tendril/process/testing/process_fixture.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <poll.h>
#include <sys/stat.h>

namespace tendril::process::testing {

/// A folder of its own, gone with the test.
struct scratch : base::testing::scratch_folder {
    std::string file(std::string const& name, std::string_view content, mode_t mode) const
    {
        auto const full = path + "/" + name;
        REQUIRE(base::replace_file(full, content).has_value());
        REQUIRE(::chmod(full.c_str(), mode) == 0);
        return full;
    }
};

inline exit_status wait_for(spawned const& started)
{
    ::pollfd until_ended{started.pidfd.get(), POLLIN, 0};
    REQUIRE(::poll(&until_ended, 1, 20'000) == 1);
    auto const seen = process::try_reap(started.pidfd.get());
    REQUIRE(seen.over);
    REQUIRE_FALSE(seen.lost);
    return seen.status;
}

/// Runs @p what with a pipe as standard output and returns what it wrote.
inline std::string output_of(command what)
{
    auto out = make_pipe();
    std::erase_if(what.descriptors, [](descriptor_mapping const& each) { return each.child == 1; });
    what.descriptors.push_back({1, out.writer.get()});
    auto const started = spawn(what);
    REQUIRE_MESSAGE(started.has_value(), started.error().message());
    out.writer.reset();
    auto text = read_all(out.reader.get());
    CHECK(wait_for(*started).success());
    return text;
}

/// The error of a spawn that must fail.
inline spawn_error refusal_of(command const& what)
{
    auto const started = spawn(what);
    REQUIRE_FALSE(started.has_value());
    return started.error();
}

/// The shell running @p script with our environment.
inline command shell(std::string script)
{
    command made;
    made.program = "/bin/sh";
    made.arguments = {"-c", std::move(script)};
    made.environment = environment::inherit();
    return made;
}

}  // namespace tendril::process::testing
