#include <tendril/rpc/forwarding.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using kind = verdict::kind;

constexpr link_id up = 1;
constexpr link_id left = 2;
constexpr link_id right = 3;

/// Context 5 below 1 below the master 0; 10 and 11 behind the left neighbour, 20 behind the right one.
struct middle {
    explicit middle(directions allowed = directions::up_and_down)
        : judge({.id = 5, .ancestors = {1, 0}}, known, allowed, 1000)
    {
        REQUIRE((known.add(10, left) && known.add(11, left) && known.add(20, right)));
    }

    routes known{up};
    forwarding judge;
};

wire::frame_header frame(context_id src, context_id dst, std::optional<context_id> auth = std::nullopt)
{
    return {.dst = dst, .src = src, .auth = auth.value_or(src), .handle = 101};
}

TEST_CASE("R04: frames are delivered, passed down and passed up")
{
    middle here;
    CHECK(here.judge.judge(frame(0, 5), up).what == kind::deliver);
    CHECK(here.judge.judge(frame(10, 5), left).what == kind::deliver);
    auto const down = here.judge.judge(frame(0, 11), up);
    CHECK(down.what == kind::forward);
    CHECK(down.to == left);
    CHECK(here.judge.judge(frame(11, 0), left).to == up);
    CHECK(here.judge.judge(frame(11, 99), left).to == up);
    CHECK(here.judge.judge_own(frame(5, 20)).to == right);
    CHECK(here.judge.judge_own(frame(5, 99)).to == up);
}

TEST_CASE("R05: who claims to be another, or to act for another, is dropped and learns nothing")
{
    middle here(directions::any);
    for (auto const& [forged, from] :
         {std::pair{frame(20, 5), left}, std::pair{frame(10, 5, 20), left}, std::pair{frame(10, 5, 0), left},
          std::pair{frame(0, 5), left}, std::pair{frame(5, 5), left}, std::pair{frame(10, 5), up},
          std::pair{frame(10, 20, 5), left}, std::pair{frame(0, 11, 5), up}}) {
        auto const judged = here.judge.judge(forged, from);
        CHECK(judged.what == kind::drop);
        CHECK(judged.why.find("is elsewhere") != std::string::npos);
    }
}

TEST_CASE("R06: contexts beside each other are kept apart, unless somebody above them stands for it")
{
    middle here;
    auto const refused = here.judge.judge(frame(10, 20), left);
    CHECK(refused.what == kind::refuse);
    CHECK(refused.why == "context 10 may not speak with context 20, which is neither above nor below it");
    CHECK(here.judge.judge(frame(10, 11), left).what == kind::refuse);
    CHECK(here.judge.judge(frame(0, 20), up).what == kind::forward);
    middle open(directions::any);
    CHECK(open.judge.judge(frame(10, 20), left).to == right);
}

TEST_CASE("R04: where there is no way, and what is too large, is refused with the reason")
{
    middle here;
    CHECK(here.judge.judge(frame(0, 99), up).why == "there is no way to context 99");
    middle open(directions::any);
    CHECK(open.judge.judge(frame(10, 11), left).why == "there is no way to context 11");  // but back
    auto large = frame(0, 10);
    large.total = 1001;
    CHECK(here.judge.judge(large, up).why == "the message has 1001 bytes, and at most 1000 may pass");
    routes none;
    forwarding master({}, none);
    CHECK(master.judge_own(frame(0, 7)).what == kind::refuse);
}

TEST_CASE("R20: who speaks to a context that was lost is told why, as those that waited for it were")
{
    middle here;
    here.known.remember_loss(12, "the link to context 12 was lost: its cable was cut");

    CHECK(here.judge.judge(frame(0, 12), up).why == "the link to context 12 was lost: its cable was cut");
}

TEST_CASE("R20: who has spoken with a context hears of its end")
{
    middle here(directions::any);
    CHECK(here.judge.judge(frame(20, 10), right).what == kind::forward);
    CHECK(here.known.remove(10, left)->tell == std::vector{up, right});
}

}  // namespace
