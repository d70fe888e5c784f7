#pragma once

/// @file
/// The child program of the tests: `child VERB [ARGUMENT...]`, one small behaviour per verb.
/// Layer: process (base, io); for tests.

namespace tendril::process::testing {

/// What run_verb() returns for a verb it does not know.
inline constexpr int unknown_verb = 250;

/// Carries out the verb argv[1] with what follows it and returns the exit code.
int run_verb(int argc, char** argv);

}  // namespace tendril::process::testing
