#include <tendril/term/detail/line_comparison.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::term;
using detail::line_comparison;
using detail::seen_line;

rendition some_style(std::mt19937& random)
{
    rendition style;
    if (random() % 2 == 0)
        style.set_foreground(color::palette(static_cast<std::uint8_t>(random() % 3)));
    if (random() % 8 == 0)
        style.set_line(underline::curly);  // in the upper half of the number
    return style;
}

cell some_cell(std::mt19937& random, bool packable)
{
    cell made{.style = some_style(random), .shown = glyph::character(U'a' + random() % 2), .decoration = 0};
    if (random() % 16 == 0)
        made.shown = glyph::character(U'\u00e9');
    if (!packable && random() % 8 == 0)
        made.shown = glyph::character(U'\u4e2d', glyph::role::wide);
    if (!packable && random() % 8 == 0)
        made.decoration = 1 + random() % 2;
    return made;
}

/// Stretches of one look, holes between them, one cell after another sometimes.
row some_line(std::mt19937& random, int columns)
{
    row line;
    line.clear(random() % 4 == 0 ? some_style(random) : rendition());
    auto const packable = random() % 4 != 0;
    for (auto pieces = random() % 12; pieces != 0; --pieces) {
        auto const from = static_cast<int>(random() % static_cast<unsigned>(columns));
        auto const each = some_cell(random, packable);
        if (each.shown.value() >= 0x80 || random() % 4 == 0) {
            if (from + 2 <= columns)
                line.put(from, each);
            continue;
        }
        auto const count = std::min(columns - from, 1 + static_cast<int>(random() % 40));
        std::string text;
        for (int i = 0; i < count; ++i)
            text += static_cast<char>('a' + random() % 3);
        line.put_latin(from, text, each);
    }
    return line;
}

/// A line that differs from @p line in little, as lines of a screen do.
row nearly(std::mt19937& random, row line, int columns)
{
    for (auto edits = random() % 3; edits != 0; --edits)
        line.put_latin(static_cast<int>(random() % static_cast<unsigned>(columns)), "x",
                       some_cell(random, true));
    return line;
}

seen_line seen(row const& line)
{
    detail::column_mask changes;
    detail::find_style_changes(line, changes);
    seen_line made;
    made.show(line, detail::text_hash(line), &changes);
    return made;
}

TEST_CASE("T06: the vector masks of columns say the same as the portable ones")
{
    std::mt19937 random(28);
    for (int round = 0; round < 4000; ++round) {
        std::array<std::uint8_t, detail::columns_a_step> one{};
        std::array<rendition, detail::columns_a_step> styles{};
        for (auto& each : one)
            each = static_cast<std::uint8_t>(random());
        auto other = one;
        auto other_styles = styles;
        for (std::size_t i = 0; i < one.size(); ++i) {
            if (random() % 2 == 0)
                other[i] = static_cast<std::uint8_t>(random() % 4);
            if (random() % 2 == 0)
                other_styles[i] = rendition::unpacked(std::uint64_t{1} << random() % 61);
        }
        REQUIRE(detail::differing_bytes(one.data(), other.data()) ==
                detail::differing_portable(one.data(), other.data()));
        REQUIRE(detail::bytes_beyond_ascii(other.data()) ==
                detail::bytes_beyond_ascii_portable(other.data()));
        REQUIRE(detail::differing_styles(styles.data(), other_styles.data()) ==
                detail::differing_portable(styles.data(), other_styles.data()));
    }
}

TEST_CASE("T06: what a client shows is kept as it is, however it is packed")
{
    std::mt19937 random(29);
    for (int round = 0; round < 4000; ++round) {
        auto const columns = 1 + static_cast<int>(random() % 150);
        auto const line = some_line(random, columns);
        auto const other = random() % 2 == 0 ? some_line(random, columns) : nearly(random, line, columns);
        auto const kept = seen(line);
        for (int x = 0; x < columns + 2; ++x)
            REQUIRE(kept.at(x) == line.at(x));
        CHECK(kept.text_end() == detail::text_end(line));
        CHECK(kept.shows_same_as(line));
        CHECK(kept.shows_same_as(other) == line.shows_same_as(other));
    }
}

TEST_CASE("T06: lines compared by masks differ where their cells differ, and are then the same")
{
    std::mt19937 random(30);
    line_comparison comparison;
    for (int round = 0; round < 4000; ++round) {
        auto const columns = 1 + static_cast<int>(random() % 150);
        auto const was = some_line(random, columns);
        auto const now = random() % 2 == 0 ? some_line(random, columns) : nearly(random, was, columns);
        auto const end = detail::text_end(now);
        auto client = seen(was);
        comparison.compare(now, client, end);
        for (int x = 0; x < end; ++x) {
            REQUIRE((comparison.next_difference(x, end) == x) == (now.at(x) != was.at(x)));
            REQUIRE((comparison.next_sameness(x, end) == x) == (now.at(x) == was.at(x)));
        }
        client.show(now, detail::text_hash(now), comparison.changes());
        for (int x = 0; x < columns + 2; ++x)
            REQUIRE(client.at(x) == now.at(x));
    }
}

TEST_CASE("T06: the columns where a run of letters breaks or repeats are found by masks")
{
    std::mt19937 random(31);
    line_comparison comparison;
    for (int round = 0; round < 4000; ++round) {
        auto const columns = 1 + static_cast<int>(random() % 150);
        auto const line = some_line(random, columns);
        if (!line.glyphs().empty())
            continue;
        auto const end = detail::text_end(line);
        comparison.compare(line, seen_line(), end);
        comparison.find_breaks(line, end);
        comparison.find_repetitions(line, end);
        for (int x = 1; x < end; ++x) {
            auto const before = line.at(x - 1);
            auto const here = line.at(x);
            auto const is_letter =
                !here.shown.is_blank() && here.shown.value() < 0x80 && here.decoration == 0;
            REQUIRE((comparison.next_break(x, end) == x) == (!is_letter || here.style != before.style));
            REQUIRE((comparison.next_repetition(x, end) == x) == (here.shown == before.shown));
        }
    }
}

TEST_CASE("T06: lines of the same text have the same hash, whatever their colours; of another, another")
{
    std::mt19937 random(32);
    for (int columns = 1; columns <= 100; ++columns) {
        std::string text(static_cast<std::size_t>(columns), 'a');
        row one;
        row other;
        one.put_latin(0, text, {});
        other.put_latin(0, text, some_cell(random, true));
        CHECK(detail::text_hash(one) == detail::text_hash(other));
        auto const changed = static_cast<int>(random() % static_cast<unsigned>(columns));
        other.put_latin(changed, "b", {});
        CHECK(detail::text_hash(one) != detail::text_hash(other));
    }
}

}  // namespace
