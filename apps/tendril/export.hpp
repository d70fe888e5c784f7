#pragma once

/// @file
/// `tendril export`: a recording as text, as a page, as a picture. Layer: apps.

namespace tendril::app {

/// The verb. argv[0] is its name.
[[nodiscard]] int export_recording(int argc, char** argv);

}  // namespace tendril::app
