#pragma once

/// @file
/// Secrets from outside: a file's first line, or the person at the terminal. Layer: apps.

#include <tendril/base/error.hpp>
#include <tendril/base/secret.hpp>

#include <string>

namespace tendril::app {

/// The first line of the file @p name; when there is no such file, asks for @p name on the terminal, once,
/// without echo. Errors: the errno of open or read; no terminal to ask on; an empty answer.
[[nodiscard]] result<base::secret> obtain_secret(std::string const& name);

/// While one exists, this process writes no core file and nobody of the same user can look into its memory.
/// Spec: prctl(2) PR_SET_DUMPABLE; programs that it runs are not affected.
class no_core_dump {
public:
    no_core_dump();
    no_core_dump(no_core_dump const&) = delete;
    no_core_dump& operator=(no_core_dump const&) = delete;
    ~no_core_dump();

private:
    int before_;
};

}  // namespace tendril::app
