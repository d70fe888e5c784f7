#pragma once

/// @file
/// A folder that goes with the test. Layer: base, for tests only.

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

namespace tendril::base::testing {

struct scratch_folder {
    std::string path = (std::filesystem::temp_directory_path() / "tendril-test-XXXXXX").string();
    scratch_folder() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~scratch_folder() { std::filesystem::remove_all(path); }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;

    [[nodiscard]] std::string operator/(std::string const& name) const { return path + "/" + name; }
};

}  // namespace tendril::base::testing
