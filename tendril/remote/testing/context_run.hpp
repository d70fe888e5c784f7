#pragma once

/// @file
/// One run of testing/context_program.cpp. Layer: remote (process); for tests of this layer.

#include <tendril/process/testing/scratch_accounts.hpp>
#include <tendril/remote/testing/running_program.hpp>

#include <string>
#include <vector>

namespace tendril::remote::testing {

/// What its arguments tell it to do, and what it says of that.
struct context_run : running_program {
    explicit context_run(std::vector<std::string> arguments, std::vector<std::string> more = {})
        : running_program(process::testing::joined({TENDRIL_CONTEXT_PROGRAM}, arguments), more)
    {
    }
};

}  // namespace tendril::remote::testing
