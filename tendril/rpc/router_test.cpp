#include <tendril/rpc/testing/stream_tree.hpp>

namespace {

using namespace tendril;
using namespace tendril::rpc;
using rpc::testing::context_tree;

/// One in which contexts ask each other.
struct tree : context_tree {
    /// Sends @p text from one to another's handle and returns the answer.
    wire::message ask(context_id from, context_id to, wire::handle handle, std::string_view text = "hello")
    {
        std::optional<wire::message> answer;
        auto const bytes = base::bytes_of(text);
        auto const reply =
            at(from).add_handler([&](wire::message what) { answer = std::move(what); },
                                 {.stays = standing::once, .respondent = to, .admits = anybody});
        REQUIRE(reply);
        at(from).send(
            {.dst = to, .handle = handle, .reply_to = *reply, .data = {bytes.begin(), bytes.end()}});
        run_until([&] { return answer.has_value(); });
        return std::move(*answer);
    }

    /// Makes @p who answer at handle 50 with its own number and what it was sent.
    void answer_at_50(context_id who, policy admits = has_parent_authority)
    {
        auto& here = at(who);
        REQUIRE(here.add_handler(
            [&here](wire::message const& what) {
                auto text = std::to_string(here.self().id) + ":" + std::string(base::text_of(what.data));
                auto const bytes = base::bytes_of(text);
                if (what.reply_to != 0)
                    here.send(wire::reply_to(what, {bytes.begin(), bytes.end()}));
            },
            {.admits = std::move(admits)}, 50));
    }
};

/// 0 above 1 above 2, and 3 beside 1.
struct family : tree {
    explicit family(router_options const& options = {}) { add_family(options); }
};

std::string text_of(wire::message const& what)
{
    return std::string(base::text_of(what.data));
}

TEST_CASE("R04: a message finds a context two links below, and its answer the way back")
{
    family all;
    all.answer_at_50(2);

    CHECK(text_of(all.ask(0, 2, 50)) == "2:hello");
}

TEST_CASE("R04: a context asks those above it, and itself, in the same way")
{
    family all;
    all.answer_at_50(0, anybody);
    all.answer_at_50(2);

    CHECK(text_of(all.ask(2, 0, 50)) == "0:hello");
    CHECK(text_of(all.ask(2, 2, 50)) == "2:hello");
}

TEST_CASE("R03: a message of many megabytes arrives whole over two links, and more than may pass is refused")
{
    family all({.message_limit = 8UL * 1024 * 1024});
    all.answer_at_50(2);
    std::string const much(8UL * 1024 * 1024 - 2, 'x');

    CHECK(text_of(all.ask(0, 2, 50, much)) == "2:" + much);

    auto const refused = all.ask(0, 2, 50, much + "xxx");
    CHECK(refused.is_dead);
    CHECK(refused.reason() == "the message has 8388609 bytes, and at most 8388608 may pass");
}

TEST_CASE("R04: asking a context that nobody knows, or a handle that is not there, gives a dead answer")
{
    family all;

    auto const nobody = all.ask(2, 77, 50);
    CHECK(nobody.is_dead);
    CHECK(nobody.reason() == "there is no way to context 77");

    auto const nowhere = all.ask(0, 2, 4321);
    CHECK(nowhere.is_dead);
    CHECK(nowhere.reason() == "there is no handle 4321 in context 2");
}

TEST_CASE("R05: a handle refuses who has no authority over it, and says so in the log and to who asked")
{
    family all;
    all.answer_at_50(0);

    auto const refused = all.ask(2, 0, 50);

    CHECK(refused.is_dead);
    CHECK(refused.reason() == "handle 50 does not take that from context 2 on the authority of 2");
    CHECK(std::ranges::any_of(all.records, [](auto const& each) {
        return each.text.contains("refused from context 2 to 0, handle 50") &&
               each.level == log_level::warning;
    }));
}

TEST_CASE("R05: what says that it comes from elsewhere is dropped, logged, and nobody is told")
{
    tree all;
    all.add(0, {});
    all.answer_at_50(0, anybody);
    auto ends = make_duplex_pair(all.loop.get_executor(), all.loop.get_executor());
    REQUIRE(ends);
    REQUIRE(all.at(0).add_link(std::move(ends->first), 1, relation::below));
    wire::outgoing_message forged({.dst = 0, .src = 9, .auth = 9, .handle = 50, .reply_to = 1000}, 1);
    auto const part = forged.next();
    std::array<base::byte_view, 1> const pieces{base::byte_view(part->header)};
    error_code why;
    REQUIRE(ends->second->try_write(pieces, why) == wire::header_bytes);

    all.run_until([&] { return !all.records.empty(); });

    CHECK(all.records.front().text ==
          "dropped from context 1: it says that it is from context 9, which is elsewhere (1 so far)");
    std::array<std::byte, 100> answer;
    CHECK(ends->second->try_read(answer, why) == 0);
    CHECK(why == asio::error::would_block);
}

TEST_CASE("R06: contexts beside each other do not speak, unless the tree allows it")
{
    SUBCASE("refused")
    {
        family all;
        all.answer_at_50(3, anybody);
        auto const refused = all.ask(2, 3, 50);
        CHECK(refused.is_dead);
        CHECK(refused.reason() ==
              "context 2 may not speak with context 3, which is neither above nor below it");
    }
    SUBCASE("allowed")
    {
        family all({.allowed = directions::any});
        all.answer_at_50(3, anybody);
        CHECK(text_of(all.ask(2, 3, 50)) == "3:hello");
    }
}

TEST_CASE("R20: when a link is lost, all who wait for those behind it hear why")
{
    family all({.allowed = directions::any});
    std::vector<std::string> heard;
    auto const wait_for_2 = [&](context_id who) {
        auto const reply = all.at(who).add_handler(
            [&heard, who](wire::message const& what) {
                CHECK(what.is_dead);
                heard.push_back(std::to_string(who) + ": " + std::string(what.reason()));
            },
            {.respondent = 2, .admits = anybody});
        REQUIRE(reply);
        all.at(who).send({.dst = 2, .handle = 50, .reply_to = *reply});
    };
    REQUIRE(all.at(2).add_handler([](wire::message const&) {}, {.admits = anybody}, 50));
    wait_for_2(0);
    wait_for_2(1);
    wait_for_2(3);
    CHECK(text_of(all.ask(3, 2, 4000)).starts_with("there is no handle"));  // what was sent before has passed

    all.contexts.erase(2);
    all.run_until([&] { return heard.size() == 3; });

    for (auto const& each : heard)
        CHECK(each.substr(3) == "the link to context 2 was lost: its stream ended");
    CHECK_FALSE(all.at(0).knows(2));
    CHECK_FALSE(all.at(1).knows(2));
}

TEST_CASE("R20: a context whose parent is lost hears of it")
{
    family all;
    std::vector<context_id> lost;
    static_cast<void>(all.at(2).on_loss([&](context_id who, std::string_view) { lost.push_back(who); }));

    all.contexts.erase(1);
    all.run_until([&] { return lost.size() == 2; });

    CHECK(lost == std::vector<context_id>{1, 0});
}

TEST_CASE("R20: a neighbour that says nothing any more is lost, one that has nothing to say is not")
{
    using namespace std::chrono_literals;
    tree all;
    all.add(0, {}, {.silence_limit = 300ms});
    all.add(1, {0}, {.silence_limit = 300ms});
    all.link(0, 1);
    auto mute = make_duplex_pair(all.loop.get_executor(), all.loop.get_executor());
    REQUIRE(mute);
    REQUIRE(all.at(0).add_link(std::move(mute->first), 2, relation::below));
    std::vector<std::pair<context_id, std::string>> lost;
    static_cast<void>(all.at(0).on_loss(
        [&](context_id who, std::string_view why) { lost.emplace_back(who, std::string(why)); }));

    all.run_until([&] { return !lost.empty(); });

    CHECK(lost == std::vector<std::pair<context_id, std::string>>{
                      {2, "the link to context 2 was lost: it has said nothing for 300 ms"}});
    CHECK(all.at(0).knows(1));
}

TEST_CASE("R19: numbers come from the master in blocks, and none comes twice")
{
    family all;
    std::set<context_id> given;
    for (context_id const who : {0U, 1U, 2U})
        for (int n = 0; n < 1500; ++n) {
            bool done = false;
            all.at(who).take_id([&](auto id) {
                REQUIRE(id);
                CHECK(given.insert(*id).second);
                done = true;
            });
            all.run_until([&] { return done; });
        }
    CHECK(given.size() == 4500);
}

TEST_CASE("R04: who reads slowly makes a relay wait, not grow")
{
    tree all;
    all.add(0, {});
    all.add(1, {0});
    all.link(0, 1);
    auto slow = make_duplex_pair(all.loop.get_executor(), all.loop.get_executor());
    REQUIRE(slow);
    REQUIRE(all.at(1).add_link(std::move(slow->first), 2, relation::below));
    all.run_until([&] { return all.at(0).knows(2); });
    all.answer_at_50(1);

    for (int n = 0; n < 64; ++n)
        all.at(0).send({.dst = 2, .handle = 60, .data = wire::byte_buffer(1024UL * 1024)});
    all.run_until([&] { return all.at(1).counters(0)->pauses > 0; });
    // What comes behind is for another: it gets through once the slow one reads.
    std::size_t read = 0;
    bool is_answered = false;
    auto const reply = all.at(0).add_handler([&](wire::message const&) { is_answered = true; },
                                             {.respondent = 1, .admits = anybody});
    all.at(0).send({.dst = 1, .handle = 50, .reply_to = *reply});
    std::vector<std::byte> buffer(1U << 20U);
    all.run_until([&] {
        error_code why;
        read += slow->second->try_read(buffer, why);
        return is_answered && read > 64UL * 1024 * 1024;
    });
    CHECK(all.at(1).counters(2)->most_queued_bytes <= 512UL * 1024);
}

TEST_CASE("R04: of many small messages the first are on their way while the last are sent")
{
    tree all;
    all.add(0, {});
    auto far = make_duplex_pair(all.loop.get_executor(), all.loop.get_executor());
    REQUIRE(far);
    REQUIRE(all.at(0).add_link(std::move(far->first), 2, relation::below));
    std::vector<std::byte> buffer(1U << 20U);
    error_code why;

    all.at(0).send({.dst = 2, .handle = 60, .data = wire::byte_buffer(100)});
    CHECK(far->second->try_read(buffer, why) == 0);
    for (int n = 0; n < 1000; ++n)
        all.at(0).send({.dst = 2, .handle = 60, .data = wire::byte_buffer(100)});
    CHECK(far->second->try_read(buffer, why) > 16'384);
}

TEST_CASE("R20: a neighbour that goes while much is sent to it is lost after that, not within")
{
    tree all;
    all.add(0, {});
    auto far = make_duplex_pair(all.loop.get_executor(), all.loop.get_executor());
    REQUIRE(far);
    REQUIRE(all.at(0).add_link(std::move(far->first), 2, relation::below));
    bool is_lost = false;
    static_cast<void>(all.at(0).on_loss([&](context_id, std::string_view) { is_lost = true; }));
    far->second->close();

    for (int n = 0; n < 1000; ++n)
        all.at(0).send({.dst = 2, .handle = 60, .data = wire::byte_buffer(100)});
    CHECK_FALSE(is_lost);
    all.run_until([&] { return is_lost; });
}

TEST_CASE("R02: a router may be destroyed by a handler that it calls")
{
    family all;
    bool is_gone = false;
    REQUIRE(all.at(2).add_handler(
        [&](wire::message const&) {
            all.contexts.erase(2);
            is_gone = true;
        },
        {}, 50));
    for (int n = 0; n < 10; ++n)
        all.at(0).send({.dst = 2, .handle = 50});

    all.run_until([&] { return is_gone && !all.at(0).knows(2); });
}

}  // namespace
