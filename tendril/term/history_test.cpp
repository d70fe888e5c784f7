#include <tendril/term/history.hpp>
#include <tendril/term/snapshot.hpp>
#include <tendril/term/terminal.hpp>

#include <deque>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using term::cell;
using term::glyph;

constexpr std::size_t plenty = 1 << 24;

/// A line of random kind: plain, Latin, wide, clusters, coloured, decorated, filled.
term::row random_line(std::mt19937& random)
{
    term::row line;
    term::rendition fill;
    if (random() % 4 == 0)
        fill.set_background(term::color::palette(static_cast<std::uint8_t>(random())));
    line.clear(fill);
    line.set_wrapped(random() % 3 == 0);
    auto const coloured = random() % 2 == 0;
    auto const beyond = random() % 4;  // which characters: ASCII only, up to U+FFFE, U+FFFF, anything
    auto const length = static_cast<int>(random() % 90);
    cell like;
    for (int x = 0; x < length; ++x) {
        if (coloured && random() % 5 == 0)
            like.style.set_foreground(term::color::palette(static_cast<std::uint8_t>(random() % 3)));
        if (coloured && random() % 9 == 0)
            like.decoration = static_cast<std::uint32_t>(random() % 3);
        like.shown = glyph::character(static_cast<char32_t>(U'a' + random() % 26));
        if (beyond >= 1 && random() % 3 == 0)
            like.shown = glyph::character(static_cast<char32_t>(0x4E00 + random() % 99), glyph::role::wide);
        if (beyond >= 2 && random() % 9 == 0)
            like.shown = glyph::character(0xFFFF);
        if (beyond == 3 && random() % 5 == 0)
            like.shown = glyph::cluster(static_cast<std::uint32_t>(1 + random() % 50), glyph::role::narrow);
        if (like.shown.part() == glyph::role::wide && x + 1 == length)
            break;
        line.put(x, like);
        x += like.shown.part() == glyph::role::wide ? 1 : 0;
    }
    return line;
}

TEST_CASE("T01: lines of every kind come out of the history as they went in, and the oldest go first")
{
    std::mt19937 random(7);
    for (auto const limit : {std::size_t{1}, std::size_t{3}, std::size_t{500}, std::size_t{5000}}) {
        term::history past(limit, plenty);
        std::deque<term::row> kept;
        term::row out;
        for (int i = 0; i < 3000; ++i) {
            auto const line = random_line(random);
            past.push(line);
            kept.push_back(line);
            if (kept.size() > limit)
                kept.pop_front();
            REQUIRE(past.size() == kept.size());
            auto const which = random() % kept.size();
            past.read(which, out);
            REQUIRE(out.shows_same_as(kept[which]));
            REQUIRE(out.wrapped() == kept[which].wrapped());
            REQUIRE(past.wrapped(which) == kept[which].wrapped());
        }
        CHECK(past.pushed() == 3000);
        past.read(past.size(), out);
        CHECK(out.used() == 0);
    }
}

TEST_CASE("T01: the history stays within its limit of bytes, and keeps the newest lines")
{
    constexpr std::size_t limit = 100'000;
    std::mt19937 random(8);
    term::history past(1'000'000, limit);
    term::row line;
    for (int i = 0; i < 20'000; ++i) {
        line.clear({});
        line.put_latin(0, "line " + std::to_string(i), {});
        past.push(line);
        REQUIRE(past.bytes() <= limit);
    }
    CHECK(past.size() > 2000);
    term::row out;
    past.read(past.size() - 1, out);
    CHECK(out.shows_same_as(line));
    past.read(0, out);
    line.clear({});
    line.put_latin(0, "line " + std::to_string(20'000 - past.size()), {});
    CHECK(out.shows_same_as(line));
}

TEST_CASE("T01: a line that alone is over the limit of bytes leaves an empty one in its place")
{
    term::history past(100, 5000);
    term::row line;
    line.put_latin(0, "short", {});
    past.push(line);
    line.put_latin(0, std::string(6000, 'x'), {});
    past.push(line);
    term::row out;
    past.read(past.size() - 1, out);
    CHECK(out.used() == 0);
    CHECK(past.pushed() == 2);

    term::history none(100, 10);
    none.push(line);
    CHECK(none.size() == 0);
}

TEST_CASE("T01: a copied history goes its own way")
{
    term::history past(100, plenty);
    term::row line;
    line.put_latin(0, "first", {});
    past.push(line);
    auto copy = past;
    line.put_latin(0, "other", {});
    copy.push(line);
    term::row out;
    past.read(0, out);
    copy.read(0, line);
    CHECK(past.size() == 1);
    CHECK(copy.size() == 2);
    CHECK(out.shows_same_as(line));
}

TEST_CASE("T01: a plain line of 79 characters takes at most 120 bytes of history")
{
    term::history past(100'000, plenty);
    term::row line;
    line.put_latin(0, std::string(79, 'x'), {});
    for (int i = 0; i < 10'000; ++i)
        past.push(line);
    CHECK(past.bytes() / past.size() <= 120);
}

TEST_CASE("T10: clusters and links survive in the history when unused ones are collected")
{
    term::terminal t({20, 2}, {.history_lines = 50});
    std::string text = "\x1b]8;;http://kept\x1b\\link\x1b]8;;\x1b\\ e\u0301\u0302\r\n";
    t.feed(base::bytes_of(text));
    for (char32_t i = 0; i < 40'000; ++i) {  // more than a collection waits for, mostly gone at once
        text = "\r";
        vt::append_utf8(text, 0x4E00 + i % 20'000);
        text += i < 20'000 ? "\u0301" : "\u0302";
        t.feed(base::bytes_of(text));
    }
    t.feed(base::bytes_of("\r\n\n"));
    term::row line;
    t.scrollback().read(0, line);
    std::string shown;
    t.append_text(line.at(5).shown, shown);
    CHECK(shown == "e\u0301\u0302");
    REQUIRE(t.link_of(line.at(0)) != nullptr);
    CHECK(t.link_of(line.at(0))->target == "http://kept");
}

TEST_CASE("T01: compressed lines come out as they went in, and go first")
{
    std::mt19937 random(9);
    for (auto const limit : {std::size_t{300}, std::size_t{5000}}) {
        term::history past(limit, plenty);
        std::deque<term::row> kept;
        term::row out;
        for (int i = 0; i < 6000; ++i) {
            auto const line = random_line(random);
            past.push(line);
            kept.push_back(line);
            if (kept.size() > limit)
                kept.pop_front();
            if (random() % 100 == 0)
                past.compress(random() % 200, 1 + random() % 3);
            REQUIRE(past.size() == kept.size());
            auto const which = random() % kept.size();
            past.read(which, out);
            REQUIRE(out.shows_same_as(kept[which]));
            REQUIRE(past.wrapped(which) == kept[which].wrapped());
        }
        auto const copy = past;
        past.renumber(past.pushed() + 1000);
        for (std::size_t which = 0; which < kept.size(); ++which) {
            past.read(which, out);
            REQUIRE(out.shows_same_as(kept[which]));
            copy.read(which, out);
            REQUIRE(out.shows_same_as(kept[which]));
        }
        CHECK(past.clusters() == copy.clusters());
    }
}

/// What a build or a log might write, 79 columns.
std::string log_line(std::mt19937& random)
{
    constexpr char const* words[] = {"connection", "from",  "closed",  "accepted", "session",
                                     "user",       "error", "warning", "file",     "main.cpp",
                                     "request",    "done",  "in",      "cache"};
    auto line = std::to_string(1'700'000'000 + random() % 1'000'000) + " ";
    while (line.size() < 79)
        line += words[random() % std::size(words)] + std::string(" ") + std::to_string(random() % 1000) + " ";
    return line.substr(0, 79);
}

TEST_CASE(
    "T01: a compressed line of 79 characters takes at most 40 bytes, and the newest lines stay as they are")
{
    std::mt19937 random(10);
    term::history past(100'000, plenty);
    term::row line;
    for (int i = 0; i < 20'000; ++i) {
        line.clear({});
        line.put_latin(0, log_line(random), {});
        past.push(line);
    }
    auto const before = past.bytes();
    CHECK_FALSE(past.compress(20'000, 1'000));
    CHECK(past.bytes() == before);
    CHECK(past.compress(0, 1));
    CHECK_FALSE(past.compress(0, 1'000));
    CHECK(past.bytes() <= 40 * 20'000 + 64 * 1024);  // the newest block stays
}

TEST_CASE("T01: the limits of the history can be changed at any time")
{
    term::history past(1000, plenty);
    term::row line;
    auto const push = [&](int number) {
        line.clear({});
        line.put_latin(0, "line " + std::to_string(number), {});
        past.push(line);
    };
    auto const first = [&] {
        past.read(0, line);
        return std::string(reinterpret_cast<char const*>(line.bytes().data()), line.bytes().size());
    };
    for (int i = 0; i < 1000; ++i)
        push(i);
    SUBCASE("fewer lines: the oldest go at once")
    {
        past.set_limits(10, plenty);
        CHECK(past.size() == 10);
        CHECK(first() == "line 990");
        past.set_limits(0, plenty);
        push(1000);
        CHECK(past.size() == 0);
        CHECK(past.pushed() == 1001);
    }
    SUBCASE("more lines: those that come are kept")
    {
        past.set_limits(1500, plenty);
        for (int i = 1000; i < 2000; ++i)
            push(i);
        CHECK(past.size() == 1500);
        CHECK(first() == "line 500");
    }
    SUBCASE("fewer bytes, compressed or not: the newest stay")
    {
        past.compress(0, 1);
        past.set_limits(1000, 8 * 1024);
        CHECK(past.bytes() <= 8 * 1024);
        CHECK(past.size() > 100);
        CHECK(past.pushed() == 1000);
        past.read(past.size() - 1, line);
        CHECK(std::string(reinterpret_cast<char const*>(line.bytes().data()), line.bytes().size()) ==
              "line 999");
    }
}

TEST_CASE("T01: a terminal with a compressed history reads, stores and lays it out anew as before")
{
    std::mt19937 random(11);
    term::terminal plain({80, 24});
    for (int i = 0; i < 5000; ++i)
        plain.feed(base::bytes_of("\x1b[3" + std::to_string(i % 8) + "m" + log_line(random) +
                                  (i % 3 == 0 ? log_line(random) : "") + "\r\n"));
    auto packed = plain;
    while (packed.compress_history(2, 500)) {
    }
    CHECK(packed.scrollback().bytes() < plain.scrollback().bytes() / 2);
    CHECK(term::to_snapshot(packed) == term::to_snapshot(plain));
    for (auto const columns : {100, 37}) {
        packed.resize({static_cast<std::uint16_t>(columns), 24});
        plain.resize({static_cast<std::uint16_t>(columns), 24});
        CHECK(term::to_snapshot(packed) == term::to_snapshot(plain));
        while (packed.compress_history(2, 500)) {
        }
    }
    for (auto* const each : {&packed, &plain}) {
        each->set_history_limits(1000, 1 << 20);
        each->feed(base::bytes_of("\x1b"
                                  "c"));
        for (int i = 0; i < 3000; ++i)
            each->feed(base::bytes_of("x\r\n"));
    }
    CHECK(plain.scrollback().size() == 1000);
    CHECK(term::to_snapshot(packed) == term::to_snapshot(plain));
}

}  // namespace
