#pragma once

/// @file
/// Walks through vttest's menus in a session of ours and notes every screen it stops at.
/// Layer: tests (base, io, process, pty, expect, session, term). Spec: vttest(1).

#include <string>
#include <string_view>
#include <vector>

namespace tendril::vttest {

/// A screen that vttest waits at, trailing blanks cut, one line a row, with what cannot be seen as text: the
/// size of the terminal if it is not 80x24, the rows of another size, the rows that have colours or
/// attributes.
struct stop {
    std::string screen;
};

/// Runs vttest, chooses @p path through its menus, presses RETURN at every screen until a menu comes back,
/// and leaves. Fails the test case around it when vttest does not come to a stop within a minute.
[[nodiscard]] std::vector<stop> walk(std::vector<std::string> const& path);

}  // namespace tendril::vttest
