#include <tendril/base/error.hpp>

#include <cerrno>

#include <doctest/doctest.h>

namespace {

TEST_CASE("base: an error names the attempt and the reason on one line")
{
    errno = ENOENT;
    auto const failed = tendril::os_failure("open notes.cast");

    CHECK(failed.error().message() == "cannot open notes.cast: No such file or directory");
}

TEST_CASE("base: an OS error compares equal to its portable condition")
{
    errno = EACCES;

    CHECK(tendril::last_os_error() == boost::system::errc::permission_denied);
}

}  // namespace
