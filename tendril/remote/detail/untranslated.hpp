#pragma once

/// @file
/// A local program whose messages we understand, and the far one's language as it was.
/// Layer: remote (base, process). Spec: gettext(3), "LANGUAGE".

#include <tendril/process/command.hpp>

#include <string>

namespace tendril::remote::detail {

/// Has @p what speak English, and @p shell_line, which it runs by a POSIX shell, undo that for itself. Only
/// LANGUAGE does it: it leaves encodings alone, and LC_ALL would travel on.
void speak_english(process::command& what, std::string& shell_line);

}  // namespace tendril::remote::detail
