#pragma once

/// @file
/// `tendril ls` and `tendril kill`: sessions seen from outside. Layer: apps. Guide: docs/guide/sessions.md.

namespace tendril::app {

/// Lists the sessions of this user. Exit status: 0; 2 when the command line cannot be used; 1 when the folder
/// of sessions cannot.
int list_sessions(int argc, char** argv);

/// Ends sessions, or signals their programs. Exit status: 0; 3 when one of the names is no session's; 1 when
/// one does not answer.
int kill_sessions(int argc, char** argv);

}  // namespace tendril::app
