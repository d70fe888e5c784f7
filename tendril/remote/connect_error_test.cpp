#include <tendril/remote/connect_error.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;

TEST_CASE("K04: an error of a way in names target, meaning, reason and what was said last")
{
    connect_error const why{.what = connect_failure::wrong_password,
                            .target = "ssh:web1",
                            .words = "Permission denied",
                            .last_output = "web1: authorised use only"};

    CHECK(why.message() ==
          "ssh:web1: the password was refused: Permission denied\nweb1: authorised use only");
}

}  // namespace
