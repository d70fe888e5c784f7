#include <tendril/rpc/log_budget.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::rpc;

TEST_CASE("R05: of a flood ten are told, then one a second, and the rest are counted")
{
    log_budget budget;
    auto now = log_budget::clock::time_point(std::chrono::hours(1));
    int told = 0;
    for (int each = 0; each < 100; ++each)
        told += budget.takes(now) ? 1 : 0;
    CHECK(told == 10);
    CHECK(budget.untold() == 90);
    CHECK(budget.untold() == 0);

    now += std::chrono::milliseconds(999);
    CHECK_FALSE(budget.takes(now));
    now += std::chrono::milliseconds(1);
    CHECK(budget.takes(now));
    CHECK_FALSE(budget.takes(now));

    now += std::chrono::hours(1);
    told = 0;
    for (int each = 0; each < 100; ++each)
        told += budget.takes(now) ? 1 : 0;
    CHECK(told == 10);
}

}  // namespace
