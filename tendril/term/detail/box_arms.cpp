#include <tendril/term/detail/box_arms.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace tendril::term::detail {

namespace {

/// Left, right, up, down of each character from U+2500 on: 1 light, 2 heavy, 3 double. What is not made of
/// arms has none here.
constexpr std::array<std::string_view, 128> table{
    "1100", "2200", "0011", "0022", "1100", "2200", "0011", "0022", "1100", "2200", "0011", "0022", "0101",
    "0201", "0102", "0202", "1001", "2001", "1002", "2002", "0110", "0210", "0120", "0220", "1010", "2010",
    "1020", "2020", "0111", "0211", "0121", "0112", "0122", "0221", "0212", "0222", "1011", "2011", "1021",
    "1012", "1022", "2021", "2012", "2022", "1101", "2101", "1201", "2201", "1102", "2102", "1202", "2202",
    "1110", "2110", "1210", "2210", "1120", "2120", "1220", "2220", "1111", "2111", "1211", "2211", "1121",
    "1112", "1122", "2121", "1221", "2112", "1212", "2221", "2212", "2122", "1222", "2222", "1100", "2200",
    "0011", "0022", "3300", "0033", "0301", "0103", "0303", "3001", "1003", "3003", "0310", "0130", "0330",
    "3010", "1030", "3030", "0311", "0133", "0333", "3011", "1033", "3033", "3301", "1103", "3303", "3310",
    "1130", "3330", "3311", "1133", "3333", "0000", "0000", "0000", "0000", "0000", "0000", "0000", "1000",
    "0010", "0100", "0001", "2000", "0020", "0200", "0002", "1200", "0012", "2100", "0021"};

int dashes_of(char32_t character) noexcept
{
    if (character >= 0x2504 && character <= 0x2507)
        return 3;
    if (character >= 0x2508 && character <= 0x250B)
        return 4;
    return character >= 0x254C && character <= 0x254F ? 2 : 0;
}

/// One direction of the cell: what lies along it and how thick lines across it are.
struct axis {
    double length;
    double stroke;
    shape_edges edges;

    [[nodiscard]] double snap(double at) const
    {
        return edges == shape_edges::whole_units ? std::floor(at + 0.5) : at;
    }
    /// Where a line of @p thickness that runs along the other axis begins.
    [[nodiscard]] double middle(double thickness) const
    {
        auto const at = (length - thickness) / 2;
        return edges == shape_edges::whole_units ? std::floor(at) : at;
    }
    [[nodiscard]] double thickness(arm of) const
    {
        return of == arm::none ? 0 : stroke * (of == arm::light ? 1 : of == arm::heavy ? 2 : 3);
    }
};

/// The four arms as seen along one axis: the line's own two, and the two it meets.
struct crossing {
    arm before;  ///< left of the middle, or above it
    arm after;
    arm lesser;  ///< of the line that is met: above the middle, or left of it
    arm greater;
};

/// Draws along one axis. Everything is computed as if the axis were horizontal; @p add turns it.
template <typename Add>
void draw_line(crossing const& met, axis const& along, axis const& across, Add add)
{
    auto const has_double = met.lesser == arm::twofold || met.greater == arm::twofold;
    auto const thickest = std::max({along.thickness(met.lesser), along.thickness(met.greater), along.stroke});
    auto const near = along.middle(thickest);
    auto const far = near + thickest;
    auto const both_met = met.lesser != arm::none && met.greater != arm::none;

    // How far past the edge of the cell's middle a stroke of an arm goes, seen from that arm: whole is
    // through to the far edge of what is met, else one stroke of a double line.
    auto const put = [&](bool is_before, bool whole, double top, double thickness) {
        auto const reach = whole || !has_double ? thickest : along.stroke;
        add(is_before ? box{0, top, near + reach, top + thickness}
                      : box{far - reach, top, along.length, top + thickness});
    };
    for (auto const is_before : {true, false}) {
        auto const own = is_before ? met.before : met.after;
        auto const opposite = is_before ? met.after : met.before;
        if (own == arm::none)
            continue;
        auto const thickness = across.thickness(own);
        auto const top = across.middle(thickness);
        if (own != arm::twofold) {
            put(is_before, opposite != arm::none || !both_met, top, thickness);
            continue;
        }
        put(is_before, met.lesser != arm::twofold, top, along.stroke);
        put(is_before, met.greater != arm::twofold, top + 2 * along.stroke, along.stroke);
    }
}

template <typename Add>
void draw_dashes(arm weight, int count, axis const& along, axis const& across, Add add)
{
    auto const thickness = across.thickness(weight);
    auto const top = across.middle(thickness);
    auto const period = along.length / count;
    auto const gap = std::max(along.edges == shape_edges::whole_units ? 1.0 : 0.0, along.snap(period / 3));
    for (int i = 0; i < count; ++i)
        add(box{along.snap(i * period), top, along.snap((i + 1) * period) - gap, top + thickness});
}

}  // namespace

box_arms arms_of(char32_t character) noexcept
{
    if (character < 0x2500 || character > 0x257F)
        return {};
    auto const digits = table[character - 0x2500];
    auto const arm_at = [&](std::size_t index) { return static_cast<arm>(digits[index] - '0'); };
    return {.left = arm_at(0),
            .right = arm_at(1),
            .up = arm_at(2),
            .down = arm_at(3),
            .dashes = dashes_of(character)};
}

void draw_arms(box_arms const& arms, shape_cell const& in, shape& to)
{
    axis const horizontal{in.width, in.stroke, in.edges};
    axis const vertical{in.height, in.stroke, in.edges};
    auto const add = [&](box const& each) { to.boxes.push_back(each); };
    auto const add_turned = [&](box const& each) {
        to.boxes.push_back({each.top, each.left, each.bottom, each.right});
    };
    if (arms.dashes > 0) {
        if (arms.left != arm::none)
            draw_dashes(arms.left, arms.dashes, horizontal, vertical, add);
        else
            draw_dashes(arms.up, arms.dashes, vertical, horizontal, add_turned);
        return;
    }
    draw_line({arms.left, arms.right, arms.up, arms.down}, horizontal, vertical, add);
    draw_line({arms.up, arms.down, arms.left, arms.right}, vertical, horizontal, add_turned);
}

}  // namespace tendril::term::detail
