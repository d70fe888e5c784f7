#pragma once

/// @file
/// `tendril render`: what a terminal shows after the bytes on standard input. Layer: apps.

namespace tendril::app {

/// The verb. argv[0] is its name.
[[nodiscard]] int render(int argc, char** argv);

}  // namespace tendril::app
