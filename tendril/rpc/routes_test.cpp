#include <tendril/rpc/id_blocks.hpp>
#include <tendril/rpc/routes.hpp>

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

namespace {

using namespace tendril::rpc;

constexpr link_id up = 1;
constexpr link_id left = 2;
constexpr link_id right = 3;

/// Contexts 10 and 11 behind the left neighbour, 20 behind the right one.
routes tree(std::optional<link_id> parent = up)
{
    routes made(parent);
    REQUIRE(made.add(10, left));
    REQUIRE(made.add(11, left));
    REQUIRE(made.add(20, right));
    return made;
}

TEST_CASE("R04: what is known goes its way, what is not goes up, and the master knows no way up")
{
    auto const middle = tree();
    CHECK(middle.towards(11) == left);
    CHECK(middle.towards(20) == right);
    CHECK(middle.towards(99) == up);
    CHECK(middle.below(99) == std::nullopt);
    CHECK(tree(std::nullopt).towards(99) == std::nullopt);
}

TEST_CASE("R04: nobody takes over a context that another neighbour leads to, and nothing leads up")
{
    auto middle = tree();
    CHECK_FALSE(middle.add(10, right));
    CHECK_FALSE(middle.add(30, up));
    CHECK_FALSE(middle.remove(10, right).has_value());
    CHECK(middle.towards(10) == left);
}

TEST_CASE("R20: a withdrawn route is told to the parent and to whoever spoke with it, nobody else")
{
    auto middle = tree();
    middle.note_traffic(right, 10);
    middle.note_traffic(left, 11);
    auto const ten = middle.remove(10, left);
    REQUIRE(ten.has_value());
    CHECK(ten->tell == std::vector{up, right});
    CHECK(middle.remove(11, left)->tell == std::vector{up});
    CHECK_FALSE(middle.remove(11, left).has_value());
}

TEST_CASE("R20: with a neighbour go all contexts behind it, and it is told nothing any more")
{
    auto middle = tree();
    middle.note_traffic(left, 20);
    auto const lost = middle.lose(left);
    std::set<context_id> ids;
    for (auto const& each : lost)
        ids.insert(each.lost);
    CHECK(ids == std::set<context_id>{10, 11});
    CHECK(middle.size() == 1);
    CHECK(middle.remove(20, right)->tell == std::vector{up});
    CHECK(middle.lose(up).empty());
    CHECK_FALSE(middle.parent().has_value());
}

TEST_CASE("R04: the number of contexts is bounded")
{
    routes many;
    for (context_id id = 1; id <= routes::most; ++id)
        REQUIRE(many.add(id, left));
    CHECK_FALSE(many.add(routes::most + 1, left));
}

TEST_CASE("R19: numbers come in blocks, each once, and not the master's")
{
    id_source master;
    id_pool child;
    CHECK_FALSE(child.take().has_value());
    child.refill(*master.next());
    std::set<context_id> given;
    while (auto const id = child.take())
        given.insert(*id);
    CHECK(given.size() == id_source::block_size);
    CHECK(*given.begin() == 1);
    CHECK(*master.next() == id_block{1001, 1000});
    std::uint64_t blocks = 2;
    while (master.next())
        ++blocks;
    CHECK(blocks == 4'294'967);
}

TEST_CASE("R20: the reasons of the last losses are kept, the beginnings of long ones")
{
    routes known(1);
    known.remember_loss(7, "first");
    known.remember_loss(7, std::string(10'000, 'x'));
    REQUIRE(known.reason_of_loss(7));
    CHECK(*known.reason_of_loss(7) == std::string(500, 'x'));
    known.remember_loss(7, std::string(499, 'x') + "\xc3\xbc");
    CHECK(*known.reason_of_loss(7) == std::string(499, 'x'));

    for (context_id each = 8; each < 8 + routes::most_remembered; ++each)
        known.remember_loss(each, "later");

    CHECK(known.reason_of_loss(7) == nullptr);
    CHECK(known.reason_of_loss(8));
}

}  // namespace
