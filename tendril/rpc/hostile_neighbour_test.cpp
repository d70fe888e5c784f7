// A neighbour that lies, in frames made by hand. What is found by chance, fuzz/router_peer.cpp finds.

#include <tendril/rpc/routes.hpp>
#include <tendril/rpc/testing/stream_tree.hpp>
#include <tendril/wire/codec.hpp>
#include <tendril/wire/outgoing_message.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace tendril::rpc::testing;

constexpr context_id liar = 9;

/// A tree whose master has a neighbour that is nothing but a stream.
struct deceived_tree : stream_tree {
    std::unique_ptr<duplex> stream;

    deceived_tree()
    {
        auto ends = make_duplex_pair(loop.get_executor(), loop.get_executor());
        REQUIRE(ends);
        REQUIRE(at(0).add_link(std::move(ends->first), liar, relation::below));
        stream = std::move(ends->second);
    }

    void say(wire::message what)
    {
        what.src = what.auth = liar;
        wire::outgoing_message out(std::move(what), ++number_);
        auto const part = out.next();
        std::array const pieces{base::byte_view(part->header), base::byte_view(part->piece)};
        std::size_t done = 0;
        run_until([&] {
            error_code why;
            if (done == 0)
                done = stream->try_write(pieces, why);
            return done > 0;
        });
        REQUIRE(done == part->header.size() + part->piece.size());
    }

    void announce(context_id id) { say({.dst = 0, .handle = well_known::add_route, .data = wire::pack(id)}); }

    /// A number that @p who is given.
    context_id number_for(context_id who)
    {
        std::optional<context_id> given;
        at(who).take_id([&](auto id) {
            REQUIRE_MESSAGE(id.has_value(), id.error());
            given = *id;
        });
        run_until([&] { return given.has_value(); });
        return *given;
    }

    /// Waits until all that the liar said was heard.
    void heard()
    {
        bool is_heard = false;
        auto const reply = at(0).add_handler([&](wire::message const&) { is_heard = true; },
                                             {.stays = standing::once, .admits = anybody});
        REQUIRE(reply);
        say({.dst = 0, .handle = *reply});
        run_until([&] { return is_heard; });
    }

private:
    std::uint32_t number_ = 0;
};

TEST_CASE("R05: nobody is believed to lead to a context whose number was given to another")
{
    deceived_tree all;
    auto const of_another = all.number_for(1) + 1;  // the next that 1 will use
    auto const of_the_master = all.number_for(0) + 1;

    all.announce(of_another);
    all.announce(of_the_master);
    all.heard();

    CHECK_FALSE(all.at(0).knows(of_another));
    CHECK_FALSE(all.at(0).knows(of_the_master));
}

TEST_CASE("R19: a number that somebody says to have is given to nobody else")
{
    deceived_tree all;
    all.announce(50);
    all.heard();
    REQUIRE(all.at(0).knows(50));

    for (context_id const who : {0U, 1U})
        for (int n = 0; n < 100; ++n)
            CHECK(all.number_for(who) > 1000);
}

TEST_CASE("R05: a neighbour that announces contexts without end leaves room for those of others")
{
    deceived_tree all;
    for (context_id id = 100'000; id < 100'000 + 2 * 64; ++id)
        all.announce(id);
    all.heard();

    CHECK(all.at(0).knows(100'000 + 63));
    CHECK_FALSE(all.at(0).knows(100'000 + 64));
    CHECK(std::ranges::count_if(all.records, [](auto const& each) {
              return each.text.contains("says that it leads to");
          }) <= 8);
}

TEST_CASE("R05: a neighbour that asks for all numbers and uses them leaves half of the room to others")
{
    deceived_tree all;
    static_cast<void>(all.number_for(0));
    for (int block = 0; block < 101; ++block)
        all.say({.dst = 0, .handle = well_known::more_ids});
    for (context_id id = 2001; id < 2001 + routes::most; ++id)
        all.announce(id);
    all.heard();

    CHECK(all.at(0).knows(2001));
    CHECK(all.at(0).knows(2001 + routes::most / 2 - 100));
    CHECK_FALSE(all.at(0).knows(2001 + routes::most / 2 + 1));
}

}  // namespace
