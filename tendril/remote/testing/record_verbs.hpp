#pragma once

/// @file
/// What testing/context_program.cpp does to be logged and measured. Layer: remote; for tests.

#include <tendril/remote/node.hpp>

#include <string>

namespace tendril::remote::testing {

/// Does what @p verb says; 2 for one that is not known.
[[nodiscard]] int record_verb(node& here, std::string const& verb);

}  // namespace tendril::remote::testing
