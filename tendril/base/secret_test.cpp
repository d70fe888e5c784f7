#include <tendril/base/secret.hpp>

#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

namespace {

using tendril::base::secret;

static_assert(!std::is_copy_constructible_v<secret>);
static_assert(!std::is_convertible_v<secret, std::string_view>);

TEST_CASE("base: a secret is revealed only on request, and moves without leaving a copy behind")
{
    secret first("hunter2");
    secret const second = std::move(first);

    CHECK(second.reveal() == "hunter2");
    CHECK(first.reveal().empty());  // NOLINT(bugprone-use-after-move): that is the question
}

}  // namespace
