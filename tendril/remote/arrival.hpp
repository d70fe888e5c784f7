#pragma once

/// @file
/// What a program that can be sent does first. Layer: remote; needs nothing but the C library.
/// Spec: docs/protocol.md "Bootstrap"; PR_SET_NAME in prctl(2); parity rows K01 and K03.

#include <span>

namespace tendril::remote {

/// The arguments of main(), in one form however the program was started: `tendril:NAME` is the first of them,
/// the word that the other end chose the second. Others are given back as they are.
///
/// A POSIX shell cannot choose argv[0], so that a first stage gives the name as argv[1]; it is moved to where
/// ps(1) shows it. A descriptor of the program's own file that was left open to start it is closed.
///
/// Lifetime: that of @p argv, which is changed. Threads: in main(), before there are any.
std::span<char*> arrive(int argc, char** argv) noexcept;

}  // namespace tendril::remote
