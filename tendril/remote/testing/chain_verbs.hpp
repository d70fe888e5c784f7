#pragma once

/// @file
/// What testing/context_program.cpp does with names of contexts. Layer: remote; for tests.

#include <tendril/remote/node.hpp>

#include <string>
#include <vector>

namespace tendril::remote::testing {

/// Does what the first of @p words says; 2 for one that is not known.
[[nodiscard]] int chain_verb(node& here, std::vector<std::string> const& words);

}  // namespace tendril::remote::testing
