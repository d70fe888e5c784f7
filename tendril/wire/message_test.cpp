#include <tendril/wire/assembler.hpp>
#include <tendril/wire/error.hpp>
#include <tendril/wire/outgoing_message.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::wire;

byte_buffer bytes(std::string const& text)
{
    auto const view = base::bytes_of(text);
    return {view.begin(), view.end()};
}

message from(context_id source, std::string const& text)
{
    return {.dst = 1, .src = source, .auth = source, .handle = 101, .reply_to = 1000, .data = bytes(text)};
}

std::string text_of(message const& from)
{
    return std::string(base::text_of(from.data));
}

/// Gives @p to the next part of @p from; what comes out of it.
std::expected<std::optional<message>, error_code> pass(outgoing_message& from, assembler& to)
{
    auto const part = from.next();
    REQUIRE(part.has_value());
    return to.take(*decode(part->header), part->piece);
}

TEST_CASE("R03: a small message and an empty one are a frame each")
{
    for (auto const* text : {"hello", ""}) {
        outgoing_message out(from(2, text), 1);
        assembler in;
        auto const whole = pass(out, in);

        REQUIRE(whole.has_value());
        REQUIRE(whole->has_value());
        CHECK(text_of(**whole) == text);
        CHECK((*whole)->reply_to == 1000);
        CHECK_FALSE(out.next().has_value());
    }
}

TEST_CASE("R03: small messages pass between the parts of large ones, and all arrive whole")
{
    std::string const a(3 * largest_piece + 1, 'a');
    std::string const b(2 * largest_piece, 'b');
    outgoing_message first(from(2, a), 1);
    outgoing_message second(from(2, b), 2);
    outgoing_message small(from(2, "small"), 3);
    assembler in;
    CHECK_FALSE(*pass(first, in));
    CHECK_FALSE(*pass(second, in));
    CHECK(text_of(**pass(small, in)) == "small");
    CHECK_FALSE(*pass(first, in));
    CHECK(in.held_bytes() == 3 * largest_piece);
    CHECK(text_of(**pass(second, in)) == b);
    CHECK_FALSE(*pass(first, in));
    CHECK(text_of(**pass(first, in)) == a);
    CHECK(in.held_bytes() == 0);
}

TEST_CASE("R03: a message beyond the limit is refused from its first part on, others of its source go on")
{
    assembler in({.message_bytes = 100'000});
    outgoing_message large(from(2, std::string(100'001, 'x')), 1);
    outgoing_message other(from(2, std::string(100'000, 'y')), 2);
    CHECK_FALSE(*pass(other, in));
    CHECK(pass(large, in).error() == make_error_code(errc::message_too_large));
    CHECK(pass(large, in).error() == make_error_code(errc::message_too_large));
    CHECK((*pass(other, in))->data.size() == 100'000);
}

TEST_CASE("R03: parts that do not fit together cost their source what it has under way, and nobody else")
{
    std::string const text(2 * largest_piece, 'x');
    assembler in;
    outgoing_message honest(from(3, text), 1);
    CHECK_FALSE(*pass(honest, in));
    auto const spoil = [&](auto change) {
        outgoing_message out(from(2, text), 1);
        CHECK_FALSE(*pass(out, in));
        auto const part = out.next();
        auto header = *decode(part->header);
        change(header);
        CHECK(in.take(header, part->piece).error() == make_error_code(errc::not_a_part));
        CHECK(in.held_bytes() == largest_piece);
    };
    spoil([](frame_header& header) { header.offset -= 1; });
    spoil([](frame_header& header) { header.number = 2; });
    spoil([](frame_header& header) { header.auth = 0; });
    spoil([](frame_header& header) { header.handle = 7; });
    spoil([](frame_header& header) { header.kind = frame_kind::dead; });
    spoil([](frame_header& header) { header.offset = 0; });
    CHECK((*pass(honest, in))->data.size() == text.size());
}

TEST_CASE("R03: what one source may have under way is bounded in messages and in bytes")
{
    assembler in({.source_bytes = 3 * largest_piece, .source_messages = 2});
    std::string const text(2 * largest_piece, 'x');
    for (auto const limit : {2, 3}) {
        std::vector<outgoing_message> out;
        for (std::uint32_t number = 0; number < 3; ++number)
            out.emplace_back(from(2, text), number);
        if (limit == 3) {
            in = assembler({.source_bytes = 2 * largest_piece, .source_messages = 9});
        }
        CHECK_FALSE(*pass(out[0], in));
        CHECK_FALSE(*pass(out[1], in));
        CHECK(pass(out[2], in).error() == make_error_code(errc::too_many_messages));
        CHECK(in.held_bytes() == 0);
    }
}

TEST_CASE("R20: what a lost source had under way is dropped")
{
    assembler in;
    outgoing_message lost(from(2, std::string(2 * largest_piece, 'x')), 1);
    CHECK_FALSE(*pass(lost, in));
    in.forget(2);
    CHECK(in.held_bytes() == 0);
}

TEST_CASE("R03: replies go to who asked, and dead ones say why")
{
    auto const asked = from(2, "question");
    auto const answer = reply_to(asked, bytes("answer"));
    CHECK(answer.dst == 2);
    CHECK(answer.src == 1);
    CHECK(answer.handle == 1000);
    CHECK(answer.reply_to == 0);
    CHECK_FALSE(answer.is_dead);

    outgoing_message out(dead_reply_to(asked, "no such handle"), 1);
    assembler in;
    auto const dead = **pass(out, in);
    CHECK(dead.is_dead);
    CHECK(dead.reason() == "no such handle");
}

}  // namespace
