#pragma once

/// @file
/// The command that runs the layer's test child. Layer: process (base, io); for tests with a TEST_CHILD.

#include <tendril/process/command.hpp>

#include <initializer_list>
#include <string>

namespace tendril::process::testing {

/// The test child running a verb with our environment.
inline command test_child(std::initializer_list<std::string> words)
{
    command made;
    made.program = TENDRIL_TEST_CHILD;
    made.arguments = words;
    made.environment = environment::inherit();
    return made;
}

}  // namespace tendril::process::testing
