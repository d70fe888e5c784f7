#pragma once

/// @file
/// What --redact names: expressions, and files of secrets. Layer: apps.

#include <tendril/base/error.hpp>
#include <tendril/expect/redactor.hpp>

#include <span>
#include <string>

namespace tendril::app {

/// Reads each of @p arguments: REGEX, or @FILE, of which each line that is not empty is a text. Secrets come
/// in files, because everybody can read a command line. Errors: of a file that cannot be read; as
/// redactor::make.
[[nodiscard]] result<expect::redactor> parse_redactions(std::span<std::string const> arguments);

}  // namespace tendril::app
