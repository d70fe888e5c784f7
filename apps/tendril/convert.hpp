#pragma once

/// @file
/// `tendril convert`: a recording in another format. Layer: apps.

namespace tendril::app {

/// The verb. argv[0] is its name.
[[nodiscard]] int convert(int argc, char** argv);

}  // namespace tendril::app
