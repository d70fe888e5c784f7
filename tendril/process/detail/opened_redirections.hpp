#pragma once

/// @file
/// Redirections as open files, and the one descriptor map that comes of them and the command's own.
/// Layer: process (base, io). Spec: open(2), memfd_create(2); rows C03, C17.

#include <tendril/base/unique_fd.hpp>
#include <tendril/process/command.hpp>
#include <tendril/process/spawn_error.hpp>

#include <expected>
#include <vector>

namespace tendril::process::detail {

/// What a child gets, and the files that are ours until it has them.
struct opened_redirections {
    std::vector<descriptor_mapping> map;
    std::vector<base::unique_fd> files;
};

/// Opens what @p what redirects. Errors: step::open_file with the errno and the path; step::descriptors for a
/// number redirected twice, or a duplicate of a number that the program has not.
[[nodiscard]] std::expected<opened_redirections, spawn_error> open_redirections(command const& what);

}  // namespace tendril::process::detail
