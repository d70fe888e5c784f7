#pragma once

/// @file
/// `tendril attach`: this terminal on a session that runs on its own. Layer: apps. Guide:
/// docs/guide/sessions.md.

#include <tendril/session/host_folder.hpp>

#include <string>
#include <string_view>

namespace tendril::app {

/// The verb. Exit status: the program's when it ended meanwhile, 0 when the person detached; 3 when there is
/// no such session; 2 when the command line cannot be used; 1 for what else went wrong.
int attach(int argc, char** argv);

/// Attaches for the verb @p verb; says what goes wrong. Returns the exit status.
int attach_to(std::string_view verb, session::host_folder const& in, std::string const& name);

/// True when standard input and output are terminals.
[[nodiscard]] bool can_attach() noexcept;

}  // namespace tendril::app
