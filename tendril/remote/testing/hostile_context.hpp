#pragma once

/// @file
/// A process that is started as a context and speaks the protocol wrongly on purpose. Layer: remote (base,
/// wire); for tests.

#include <string_view>

namespace tendril::remote::testing {

/// Takes the welcome from standard input, introduces itself as is proper, and then, on standard output,
/// @p way: `noise`, `forged`, `numbers`, `unfinished` or `flood`. Returns the process' exit status once
/// nobody listens any more.
[[nodiscard]] int misbehave(std::string_view way);

}  // namespace tendril::remote::testing
