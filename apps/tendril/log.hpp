#pragma once

/// @file
/// `tendril log`: the recordings of a folder, listed, shown and searched. Layer: apps.

namespace tendril::app {

/// The verb. argv[0] is its name.
[[nodiscard]] int log(int argc, char** argv);

}  // namespace tendril::app
