#include <tendril/rpc/handle_table.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::rpc;

identity const self{.id = 5, .ancestors = {1, 0}};

wire::message to(wire::handle which, context_id src, std::optional<context_id> auth = std::nullopt)
{
    return {.dst = 5, .src = src, .auth = auth.value_or(src), .handle = which};
}

/// Notes what a handler gets.
struct notes {
    message_handler handler(std::string name)
    {
        return [this, name](wire::message what) {
            seen.push_back(name + (what.is_dead ? " dead: " + std::string(what.reason()) : ""));
        };
    }
    std::vector<std::string> seen;
};

TEST_CASE("R04: a message reaches the handler of its handle, a handle for one only once")
{
    handle_table table;
    notes all;
    auto const standing_one = *table.add(all.handler("standing"));
    auto const single = *table.add(all.handler("single"), {.stays = standing::once});
    auto const fixed = table.add(all.handler("fixed"), {}, 101);
    CHECK(fixed == 101);
    CHECK_FALSE(table.add(all.handler("again"), {}, 101).has_value());
    CHECK(standing_one >= handle_table::first_free);
    for (int n = 0; n < 2; ++n)
        for (auto const which : {standing_one, single, wire::handle{101}})
            if (auto const why = table.deliver(to(which, 0), {self, 1}))
                CHECK(*why == "there is no handle " + std::to_string(single) + " in context 5");
    CHECK(all.seen == std::vector<std::string>{"standing", "single", "fixed", "standing", "fixed"});
    table.remove(101);
    CHECK(table.deliver(to(101, 0), {self, 1}).has_value());
}

TEST_CASE("R05: a handle takes what its policy admits; the usual one wants authority from above")
{
    handle_table table;
    notes all;
    auto const usual = *table.add(all.handler("usual"));
    auto const children = *table.add(all.handler("children"), {.admits = is_immediate_child});
    auto const open = *table.add(all.handler("open"), {.admits = anybody});
    struct sender {
        context_id src, auth, neighbour;
        std::vector<wire::handle> reaches;
    };
    for (auto const& each : std::vector<sender>{{0, 0, 1, {usual, open}},
                                                {1, 1, 1, {usual, open}},
                                                {5, 5, 5, {usual, open}},
                                                {10, 10, 10, {children, open}},
                                                {11, 11, 10, {open}},
                                                {10, 0, 10, {usual, children, open}}}) {
        CAPTURE(each.src);
        std::vector<wire::handle> reached;
        for (auto const which : {usual, children, open})
            if (!table.deliver(to(which, each.src, each.auth), {self, each.neighbour}))
                reached.push_back(which);
        CHECK(reached == each.reaches);
    }
    CHECK(table.deliver(to(usual, 10), {self, 10}) ==
          "handle 1000 does not take that from context 10 on the authority of 10");
}

TEST_CASE("R05: a handle with a respondent takes answers of nobody else")
{
    handle_table table;
    notes all;
    auto const answer = *table.add(all.handler("answer"), {.respondent = 10, .admits = anybody});
    CHECK(table.deliver(to(answer, 11), {self, 10}) == "handle 1000 is for answers of context 10");
    CHECK_FALSE(table.deliver(to(answer, 10), {self, 10}).has_value());
}

TEST_CASE("R20: who waits for a context that is lost gets one dead message with the reason")
{
    handle_table table;
    notes all;
    auto const of_ten = *table.add(all.handler("ten"), {.respondent = 10, .admits = anybody});
    auto const of_any = *table.add(all.handler("any"));
    table.lose(10, "context 10 was killed");
    CHECK(all.seen == std::vector<std::string>{"ten dead: context 10 was killed"});
    CHECK(table.deliver(to(of_ten, 10), {self, 10}).has_value());
    table.close("we are going");
    CHECK(all.seen.back() == "any dead: we are going");
    CHECK(table.deliver(to(of_any, 0), {self, 1}).has_value());
    CHECK(table.size() == 0);
}

TEST_CASE("R20: a dead message ends its handle")
{
    handle_table table;
    notes all;
    auto const which = *table.add(all.handler("standing"));
    auto dead = to(which, 0);
    dead.is_dead = true;
    CHECK_FALSE(table.deliver(dead, {self, 1}).has_value());
    CHECK(table.deliver(to(which, 0), {self, 1}).has_value());
}

TEST_CASE("R04: handlers may change the table, and all are told of an end although one throws")
{
    handle_table table;
    notes all;
    auto const own = std::make_shared<wire::handle>();
    *own = *table.add([&, own](wire::message) {
        table.remove(*own);
        REQUIRE(table.add(all.handler("added")).has_value());
        all.seen.emplace_back("removed itself");
    });
    CHECK_FALSE(table.deliver(to(*own, 0), {self, 1}).has_value());
    CHECK(table.size() == 1);
    REQUIRE(table.add([&](wire::message) { throw std::runtime_error("thrown"); }).has_value());
    REQUIRE(table.add([&](wire::message) { table.close("again"); }).has_value());
    REQUIRE(table.add(all.handler("last")).has_value());
    CHECK_THROWS_WITH(table.close("over"), "thrown");
    CHECK(all.seen == std::vector<std::string>{"removed itself", "added dead: over", "last dead: over"});
    CHECK(table.size() == 0);
}

wire::handle first_of_all(std::vector<wire::handle> const& many)
{
    REQUIRE_FALSE(many.empty());
    return many.front();
}

TEST_CASE("R04: thousands of handles come and go beside some that stay, and none is given out twice")
{
    handle_table table;
    notes all;
    std::vector<wire::handle> staying;
    std::vector<wire::handle> passing;
    wire::handle last = 0;
    for (int n = 0; n < 5000; ++n) {
        bool const stays = n % 100 < 3;
        auto const which = *table.add([&all, n](wire::message) { all.seen.push_back(std::to_string(n)); },
                                      {.stays = stays ? standing::until_removed : standing::once});
        CHECK(which > last);
        last = which;
        (stays ? staying : passing).push_back(which);
        if (passing.size() == 40)
            for (auto const each : std::exchange(passing, {}))
                CHECK_FALSE(table.deliver(to(each, 0), {self, 1}).has_value());
    }
    CHECK(table.size() == staying.size() + passing.size());
    for (auto const each : staying)
        CHECK_FALSE(table.deliver(to(each, 0), {self, 1}).has_value());
    CHECK(all.seen.back() == "4902");
    CHECK(table.deliver(to(first_of_all(passing), 5), {self, 5}) == std::nullopt);
    CHECK(table.deliver(to(first_of_all(passing), 5), {self, 5}).has_value());
}

TEST_CASE("R04: a handle asked for by number is not given out to others")
{
    handle_table table;
    notes all;
    REQUIRE(table.add(all.handler("fixed"), {}, handle_table::first_free + 1) == 1001);
    CHECK(table.add(all.handler("first")) == 1000);
    CHECK(table.add(all.handler("second")) == 1002);
    CHECK_FALSE(table.add(all.handler("third"), {}, 1002).has_value());
    table.remove(1002);
    CHECK(table.add(all.handler("third"), {}, 1002) == 1002);
    CHECK(table.size() == 3);
}

}  // namespace
