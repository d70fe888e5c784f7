#include <tendril/base/file.hpp>
#include <tendril/base/testing/scratch_folder.hpp>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::base;
using tendril::base::testing::scratch_folder;
namespace fs = std::filesystem;

TEST_CASE("base: a replaced file holds the whole new content and nothing is left beside it")
{
    scratch_folder const folder;
    auto const path = folder.path + "/page.html";

    REQUIRE(replace_file(path, "old").has_value());
    REQUIRE(replace_file(path, "new").has_value());

    CHECK(read_file(path, 100).value() == "new");
    CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator{}) == 1);
}

TEST_CASE("base: a file that cannot be written says so and leaves nothing behind")
{
    scratch_folder const folder;

    auto const outcome = replace_file(folder.path + "/absent/page.html", "x");

    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == boost::system::errc::no_such_file_or_directory);
    CHECK(fs::is_empty(folder.path));
}

TEST_CASE("base: a device is written to, never replaced")
{
    REQUIRE(replace_file("/dev/null", "x").has_value());

    CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("base: reading names the file that is missing or too large")
{
    scratch_folder const folder;
    auto const path = folder.path + "/big";
    REQUIRE(replace_file(path, "12345").has_value());

    CHECK(read_file(path, 4).error().code == boost::system::errc::file_too_large);
    CHECK(read_file(folder.path + "/none", 4).error().message() ==
          "cannot open " + folder.path + "/none: No such file or directory");
}

}  // namespace
