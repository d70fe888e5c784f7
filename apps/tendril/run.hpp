#pragma once

/// @file
/// `tendril run`: a program in a terminal, driven and recorded. Layer: apps. Guide: docs/guide/run.md.

namespace tendril::app {

/// The verb. Exit status: the program's own (128 + signal when one killed it); 127 or 126 when it cannot be
/// started; 124 when --expect-timeout ran out; 2 when the command line cannot be used; 1 for what else went
/// wrong.
int run(int argc, char** argv);

}  // namespace tendril::app
