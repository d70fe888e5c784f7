#pragma once

/// @file
/// The verbs of the `tendril` command, one file each. Layer: apps.

#include <array>
#include <string_view>

#include <apps/tendril/attach.hpp>
#include <apps/tendril/convert.hpp>
#include <apps/tendril/export.hpp>
#include <apps/tendril/log.hpp>
#include <apps/tendril/new_session.hpp>
#include <apps/tendril/play.hpp>
#include <apps/tendril/render.hpp>
#include <apps/tendril/run.hpp>
#include <apps/tendril/sessions.hpp>

namespace tendril::app {

/// One verb: what follows it on the command line is its own.
struct verb {
    std::string_view name;
    std::string_view summary;            ///< one line for `tendril --help`
    int (*main)(int argc, char** argv);  ///< argv[0] is the verb; returns the exit status
};

/// Every verb, in the order in which the help lists them.
inline constexpr std::array verbs{
    verb{"run", "run a program in a terminal, answer its questions, record it", run},
    verb{"new", "run a program in a session that goes on without this terminal", new_session},
    verb{"attach", "show such a session in this terminal and type into it", attach},
    verb{"ls", "list the sessions", list_sessions},
    verb{"kill", "end sessions, or signal their programs", kill_sessions},
    verb{"play", "play a recording in this terminal", play},
    verb{"convert", "write a recording in another format", convert},
    verb{"export", "turn a recording into text, a page or a picture", export_recording},
    verb{"log", "list, search and show the recordings of a folder", log},
    verb{"render", "show what a terminal shows after some bytes", render},
};

}  // namespace tendril::app
