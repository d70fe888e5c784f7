#pragma once

/// @file
/// `tendril play`: a recording, played in the terminal we run in. Layer: apps.

namespace tendril::app {

/// The verb. argv[0] is its name.
[[nodiscard]] int play(int argc, char** argv);

}  // namespace tendril::app
