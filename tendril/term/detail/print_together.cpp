#include <tendril/term/detail/plain_four.hpp>
#include <tendril/term/detail/print.hpp>
#include <tendril/term/detail/print_steps.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace tendril::term::detail {

namespace {

constexpr std::size_t most = 256;  // columns at once
constexpr character_traits a_syllable(2, true, break_class::hangul_lv);

/// Glyphs on their way into a line from the cursor on, and the tail that is written behind every character.
using composed = std::array<std::uint32_t, most + 1>;

/// Where the last cell of what is composed begins, what it holds and where it ends. Handed about as a value,
/// so that the loop keeps it in registers.
struct last_cell {
    std::size_t column = 0;
    std::size_t end = 0;
    char32_t base = 0;                      ///< what the cell began with
    char32_t last = 0;                      ///< its last code point
    break_class kind = break_class::other;  ///< of the last code point
    cluster_walk walk{};
};

enum class outcome : std::uint8_t { joined, apart, unknown };

struct joining {
    outcome what;
    last_cell after;
};

/// Adds @p scalar to the cell @p to, if it belongs there and makes a cluster that there is already. @p room
/// is how many columns the line has.
joining join_last(state const& s, composed& shown, std::size_t room, last_cell to, char32_t scalar,
                  character_traits traits)
{
    auto const before = to;
    if (!joins_here(to.kind, traits.kind, to.walk))
        return {outcome::apart, to};
    auto const so_far = glyph::from_bits(shown[to.column]);
    auto const* const cluster = so_far.is_cluster() ? &s.clusters[so_far.value()] : nullptr;
    auto const end_of_text = cluster ? cluster->back() : static_cast<char32_t>(so_far.value());
    auto const widens =
        so_far.part() == glyph::role::narrow &&
        (traits.width == 2 || (scalar == emoji_selector && takes_emoji_presentation(end_of_text)));
    auto const fits = !widens || to.column + 2 <= room;
    if (!fits && room == most)  // the line goes on
        return {outcome::unknown, before};
    to.last = scalar;
    to.kind = traits.kind;
    if (!fits || (cluster && cluster->size() >= longest_cluster))
        return {outcome::joined, to};
    auto const number = s.clusters.known(so_far, scalar);
    if (number == 0)
        return {outcome::unknown, before};
    shown[to.column] = glyph::cluster(number, widens ? glyph::role::wide : so_far.part()).bits();
    if (widens) {
        shown[to.column + 1] = glyph::tail().bits();
        to.end = to.column + 2;
    }
    return {outcome::joined, to};
}

/// Composes what is plain, four characters at a time, from @p count on, as long as it fits. Returns how far
/// it came; @p at is the last cell.
std::size_t compose_plain(std::u32string_view text, std::size_t count, std::size_t room, composed& shown,
                          last_cell& at) noexcept
{
    constexpr auto head = glyph::character(0, glyph::role::wide).bits();
    constexpr std::size_t four = 4;
    auto const begin = count;
    auto end = at.end;
    std::size_t width = 1;
    for (; count + four <= text.size(); count += four, end += four * width) {
        auto const* const next = text.data() + count;
        if (end + four <= room && four_among(plain_narrow, next)) {
            width = 1;
            std::memcpy(shown.data() + end, next, four * sizeof *next);
        } else if (end + 2 * four <= room && four_among(plain_wide, next)) {
            width = 2;
            put_four_pairs(shown.data() + end, next, head, glyph::tail().bits());
        } else
            break;
    }
    if (count != begin) {
        auto const last = text[count - 1];
        at = {.column = end - width,
              .end = end,
              .base = last,
              .last = last,
              .kind = traits_of(last).kind,
              .walk = {}};
    }
    return count;
}

}  // namespace

std::size_t print_together(state& s, std::u32string_view text)
{
    auto const first = traits_of(text.front());
    neighbours before(s.join.open ? traits_of(s.join.last).kind : break_class::other);
    if (before.may_meet(first))
        return 0;
    if (s.at.pending_wrap)
        wrap_line(s);
    auto const end = s.text_end();
    auto const room = std::min(static_cast<std::size_t>(end - s.at.column), most);
    composed shown;
    last_cell at;
    std::size_t count = 0;
    std::size_t plain_from = 0;
    std::size_t pause = 4;  // what is not plain seldom comes alone: the longer it goes on, the rarer the try
    for (; count < text.size(); ++count) {
        if (count >= plain_from && !before.may_meet(a_syllable)) {
            auto const from = count;
            count = compose_plain(text, count, room, shown, at);
            pause = count == from ? 2 * pause : 4;
            plain_from = count + pause;
            if (count != from)
                before = neighbours(at.kind);
            if (count == text.size())
                break;
        }
        auto const scalar = text[count];
        auto const traits = traits_of(scalar);
        if (before.may_meet(traits)) {
            auto const done = join_last(s, shown, room, at, scalar, traits);
            if (done.what == outcome::unknown)
                break;
            if (done.what == outcome::joined)
                before = neighbours(traits.kind);
            if (done.what == outcome::joined || traits.width == 0) {
                at = done.after;
                continue;
            }
        }
        if (at.end + traits.width > room)
            break;
        auto const part = static_cast<glyph::role>(traits.width - 1);
        static_assert(static_cast<int>(glyph::role::narrow) == 0 && static_cast<int>(glyph::role::wide) == 1);
        shown[at.end] = glyph::character(scalar, part).bits();
        shown[at.end + 1] = glyph::tail().bits();
        at = {.column = at.end,
              .end = at.end + traits.width,
              .base = scalar,
              .last = scalar,
              .kind = traits.kind,
              .walk = {}};
        before = neighbours(traits.kind);
    }
    if (count == 0)
        return 0;
    auto const column = s.at.column + static_cast<int>(at.column);
    s.line().put_glyphs(s.at.column, std::span(shown.data(), at.end), penned(s, {}));
    s.join = {.open = true, .column = column, .last = at.last, .walk = at.walk};
    s.repeatable = at.base;
    advance(s, static_cast<int>(at.end), end);
    return count;
}

}  // namespace tendril::term::detail
