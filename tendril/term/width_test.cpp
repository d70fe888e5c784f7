#include <tendril/term/detail/plain_four.hpp>
#include <tendril/term/width.hpp>

#include <random>

#include <utf8proc.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril::term;

TEST_CASE("T10: the cluster rules part and join as utf8proc does, in random walks over what rules speak of")
{
    constexpr char32_t samples[] = {U'a',    0x00A9,  0x0301, 0x200D,  0xFE0F, 0x1F469, 0x2764, 0x1F3FD,
                                    0x1F1E9, 0x1F1EA, 0x1100, 0x1161,  0x11A8, 0xAC00,  0xAC01, 0x0903,
                                    0x0600,  0x4E00,  0x0E33, 0x110BD, 0x0915, 0x1F468, 0x231A, 0x2028};
    std::mt19937 random(11);
    for (int round = 0; round < 20'000; ++round) {
        auto before = samples[random() % std::size(samples)];
        cluster_walk walk;
        utf8proc_int32_t theirs = 0;
        for (int i = 0; i < 12; ++i) {
            auto const next = samples[random() % std::size(samples)];
            auto const wanted = !utf8proc_grapheme_break_stateful(
                static_cast<utf8proc_int32_t>(before), static_cast<utf8proc_int32_t>(next), &theirs);
            CAPTURE(static_cast<unsigned>(before));
            CAPTURE(static_cast<unsigned>(next));
            REQUIRE(joins(before, next, walk) == wanted);
            before = next;
            if (!wanted) {
                walk = {};
                theirs = 0;
            }
        }
    }
}

TEST_CASE("T10: every code point has a width, and what is said to join nothing joins nothing")
{
    for (char32_t scalar = 0; scalar <= 0x10FFFF; ++scalar) {
        auto const traits = traits_of(scalar);
        REQUIRE(traits.width <= 2);
        if (scalar >= 0x4E00 && scalar < 0xA000)
            REQUIRE(utf8proc_charwidth(static_cast<utf8proc_int32_t>(scalar)) == traits.width);
        cluster_walk walk;
        if (!traits.may_join && scalar >= 0x300)
            REQUIRE_FALSE(joins(U'a', scalar, walk));
    }
    CHECK(traits_of(0x4E00).width == 2);
    CHECK(traits_of(0x0301).width == 0);
    CHECK(traits_of(0x00AD).width == 1);
}

TEST_CASE("T10: classes that are said not to meet never join")
{
    // One of each class; of those that never join on their own account the rest is a matter of printing.
    constexpr char32_t samples[] = {U'a',   0x2028,  0x0301, 0x1100, 0x1161, 0x11A8, 0xAC00,
                                    0xAC01, 0x1F1E9, 0x0903, 0x0600, 0x200D, 0x1F469};
    for (auto const before : samples)
        for (auto const next : samples)
            for (auto const in_emoji : {false, true})
                for (auto const has_pair : {false, true}) {
                    cluster_walk walk{.in_emoji = in_emoji, .has_pair = has_pair};
                    auto const kind = traits_of(before).kind;
                    auto const asked = traits_of(next).may_join || kind != break_class::prepend;
                    auto const meeting = neighbours(kind).may_meet(traits_of(next));
                    CAPTURE(static_cast<unsigned>(before));
                    CAPTURE(static_cast<unsigned>(next));
                    if (asked && joins(before, next, walk))
                        CHECK(meeting);
                }
}

TEST_CASE("T10: what is plain stands alone and is as wide as its list says, and four are told as one is")
{
    for (char32_t scalar = 0; scalar <= 0x10FFFF; ++scalar) {
        auto const traits = traits_of(scalar);
        auto const narrow = detail::is_among(detail::plain_narrow, scalar);
        auto const wide = detail::is_among(detail::plain_wide, scalar);
        auto const is_syllable =
            traits.kind == break_class::hangul_lv || traits.kind == break_class::hangul_lvt;
        if (narrow)
            REQUIRE((traits.width == 1 && traits.kind == break_class::other));
        if (wide)
            REQUIRE((traits.width == 2 && (traits.kind == break_class::other || is_syllable)));
        auto alike = true;
        for (std::size_t place = 0; place < 4; ++place) {
            char32_t narrow_four[] = {U'a', U'a', U'a', U'a'};
            char32_t wide_four[] = {U'中', U'中', U'中', U'中'};
            narrow_four[place] = wide_four[place] = scalar;
            alike &= detail::four_among(detail::plain_narrow, narrow_four) == narrow;
            alike &= detail::four_among(detail::plain_wide, wide_four) == wide;
        }
        if (!alike)
            FAIL("at ", static_cast<unsigned>(scalar));
    }
}

}  // namespace
