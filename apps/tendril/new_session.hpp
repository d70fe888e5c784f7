#pragma once

/// @file
/// `tendril new`: a program in a session of its own. Layer: apps. Guide: docs/guide/sessions.md.

namespace tendril::app {

/// The verb. Exit status: as `tendril attach`; 127 or 126 when the program cannot be started; with -d, 0 when
/// it was.
int new_session(int argc, char** argv);

}  // namespace tendril::app
