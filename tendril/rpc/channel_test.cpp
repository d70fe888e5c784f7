#include <tendril/rpc/channel.hpp>
#include <tendril/rpc/select.hpp>
#include <tendril/rpc/testing/stream_tree.hpp>

#include <thread>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace tendril::rpc::testing;
using namespace std::chrono_literals;

TEST_CASE("R13: two contexts that know each other's handles speak both ways")
{
    stream_tree all;
    channel above(all.at(0), {2, 70}, {.handle = 60});
    channel below(all.at(2), {0, 60}, {.handle = 70});
    REQUIRE(above.try_send(1));
    REQUIRE(below.try_send(std::string("two")));
    all.run_until([&] { return !above.in().empty() && !below.in().empty(); });

    CHECK(below.in().data_of<int>(*below.in().try_get()) == 1);
    CHECK(above.in().data_of<std::string>(*above.in().try_get()) == "two");

    above.close("goodbye");
    std::optional<channel_error> end;
    below.in().async_get(std::nullopt, [&](auto given) { end = given.error(); });
    all.run_until([&] { return end.has_value(); });
    CHECK(end == channel_error{channel_fault::ended, "goodbye"});
}

TEST_CASE("R13: whoever is handed a sender answers it, and both have a channel")
{
    threaded_line all;
    receiver given_out(*all.top);
    auto const handed_over = given_out.where();
    std::jthread const there([&] {
        auto made = channel::accept(*all.bottom, sender(*all.bottom, handed_over, 256UL * 1024));
        REQUIRE(made);
        for (auto const& each : made->in())
            REQUIRE(made->send(*made->in().data_of<int>(each) * 2));
    });

    auto here = channel::meet(std::move(given_out), 20s);

    REQUIRE(here);
    REQUIRE(here->send(21));
    CHECK(here->get_data<int>(20s) == 42);
    rpc::select any(leaving::at_its_end, *here);
    REQUIRE(here->send(4));
    auto const next = any.get(20s);
    REQUIRE(next);
    CHECK(next->is_from(*here));
    CHECK(here->in().data_of<int>(next->value<wire::message>()) == 8);
    here->close();
}

TEST_CASE("R13: a channel to somebody who sends no way back is none")
{
    stream_tree all;
    receiver in(all.at(0));
    REQUIRE(in.to_sender().try_send(5));
    all.run_until([&] { return !in.empty(); });
    auto const greeting = in.try_get();
    CHECK(channel::met(std::move(in), *greeting).error().kind == channel_fault::refused);
}

}  // namespace
