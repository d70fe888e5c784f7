#pragma once

/// @file
/// The --answer options of `tendril run`: REGEX=TEXT and REGEX=@NAME. Layer: apps.

#include <tendril/base/error.hpp>
#include <tendril/session/answers.hpp>

#include <string>
#include <string_view>

namespace tendril::app {

/// Reads one --answer argument.
///
/// The last '=' that no backslash precedes ends the REGEX. TEXT is taken literally except for `\=`, `\@` and
/// `\\`.
/// `@NAME` is a secret: the first line of the file NAME, or, when there is no such file, what the person
/// types at a prompt on the terminal, without echo. Errors: what is wrong with the argument; the errno of
/// reading the file; no terminal to ask on.
[[nodiscard]] result<session::answer_rule> parse_answer(std::string_view argument, session::question need);

}  // namespace tendril::app
