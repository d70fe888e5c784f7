#include <tendril/term/detail/screen_color.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace tendril::term::detail {

namespace {

using matrix = std::array<triple, 3>;

constexpr double tolerance = 0.001;  // of an intensity

// Xlib's screen: a monitor of Tektronix with a white of 9300 kelvin. Intensities are those of its phosphors.
constexpr matrix intensities_from_xyz{triple{3.48340481253539, -1.521763749272852, -0.5592313335404978},
                                      triple{-1.071527513061936, 1.965937952043724, 0.03673691339553462},
                                      triple{0.06351179790497788, -0.2002050100049648, 0.8107094203164822}};
constexpr matrix xyz_from_intensities{triple{0.3810614910871479, 0.3202571236535211, 0.248345785259331},
                                      triple{0.2072974511514085, 0.6805463877637324, 0.1121561610848592},
                                      triple{0.02133944350088028, 0.1429719302024648, 1.241728926296655}};

/// How bright a phosphor is at a level from 0 to 255: nothing up to a threshold, then a polynomial of level /
/// 255 without a linear term. Fitted to the curves that Xlib has as tables; off by less than 10^-6.
struct phosphor {
    int threshold;
    double constant, square, cube, fourth;
};

constexpr std::array<phosphor, 3> phosphors{phosphor{9, 0.0005620, 0.1987600, 1.1557648, -0.3550868},
                                            phosphor{19, -0.0007075, 0.1185602, 1.7466640, -0.8645166},
                                            phosphor{14, 0.0006408, 0.1034226, 1.7297458, -0.8338093}};

double intensity_at(phosphor const& which, int level) noexcept
{
    if (level <= which.threshold)
        return 0;
    auto const x = level / 255.0;
    return which.constant + x * x * (which.square + x * (which.cube + x * which.fourth));
}

/// The level for an intensity. Xlib knows every fifth level and takes the curve for straight between them.
/// Where nothing is to be seen the level is 0, not the threshold.
std::uint8_t level_for(phosphor const& which, double intensity) noexcept
{
    if (!(intensity > 0))
        return 0;
    if (intensity >= 1)
        return 255;
    auto low = which.threshold;
    auto high = low + 1;
    for (; high < 255 && intensity_at(which, high) < intensity; high += 5)
        low = high;
    auto const from = intensity_at(which, low);
    auto const part = (intensity - from) / (intensity_at(which, high) - from);
    return static_cast<std::uint8_t>(std::lround(low + part * (high - low)));
}

triple times(matrix const& by, triple const& what) noexcept
{
    triple product{};
    for (std::size_t i = 0; i < product.size(); ++i)
        product[i] = by[i][0] * what[0] + by[i][1] * what[1] + by[i][2] * what[2];
    return product;
}

chromaticity uvy_from_xyz(triple const& xyz) noexcept
{
    auto const divisor = xyz[0] + 15 * xyz[1] + 3 * xyz[2];
    if (divisor == 0)
        return {white().u, white().v, xyz[1]};
    return {4 * xyz[0] / divisor, 9 * xyz[1] / divisor, xyz[1]};
}

constexpr double slope = 903.29;  // of the line

double lightness_of(double luminance) noexcept
{
    return luminance < line_below ? luminance * slope : std::cbrt(luminance) * 116 - 16;
}

constexpr double chroma_scale = 7.50725;  // of TekHVC

double degrees(double radians) noexcept
{
    return radians * 180 / std::numbers::pi;
}

/// The direction of TekHVC's best red from white.
double red_direction() noexcept
{
    auto const from = white();
    return degrees(std::atan((0.4931 - from.v) / (0.7127 - from.u)));
}

tek_hvc hvc_from_xyz(triple const& xyz) noexcept
{
    auto const center = white();
    auto const at = uvy_from_xyz(xyz);
    auto const u = at.u - center.u;
    auto const v = at.v - center.v;
    auto const value = lightness_of(at.y);
    return {degrees(std::atan2(v, u)) - red_direction(), value, value * chroma_scale * std::hypot(u, v)};
}

/// The intensities of the colour with the most chroma at @p hue: one of them is 0, another 1.
triple purest(double hue) noexcept
{
    auto of = times(intensities_from_xyz, xyz_from_hvc({hue, 40, 120}));  // which no screen can show
    auto const least = std::ranges::min(of);
    for (auto& each : of)
        each -= least;
    auto const most = std::ranges::max(of);
    for (auto& each : of)
        each /= most;
    return of;
}

/// The way from the purest colour of a hue (0) to white (1).
triple towards_white(triple const& pure, double part) noexcept
{
    triple mixed{};
    for (std::size_t i = 0; i < mixed.size(); ++i)
        mixed[i] = pure[i] * (1 - part) + part;
    return mixed;
}

/// The colour of the hue and value of @p wanted with as much chroma as the screen has there.
triple with_less_chroma(triple const& wanted) noexcept
{
    auto const [hue, value, chroma] = hvc_from_xyz(wanted);
    auto const pure = purest(hue);
    auto const peak = hvc_from_xyz(times(xyz_from_intensities, pure));
    if (value <= peak.value)
        return xyz_from_hvc({hue, value, value * peak.chroma / peak.value});
    auto low = 0.0;
    auto high = 1.0;
    auto found = peak;
    for (int step = 0; step < 60; ++step) {
        auto const part = (low + high) / 2;
        found = hvc_from_xyz(times(xyz_from_intensities, towards_white(pure, part)));
        (found.value < value ? low : high) = part;
    }
    return xyz_from_hvc({hue, value, found.chroma});
}

}  // namespace

triple white_xyz() noexcept
{
    return times(xyz_from_intensities, {1, 1, 1});
}

chromaticity white() noexcept
{
    return uvy_from_xyz(white_xyz());
}

double luminance_of(double lightness) noexcept
{
    if (lightness < line_below * slope)
        return lightness / slope;
    auto const root = (lightness + 16) / 116;
    return root * root * root;
}

triple xyz_from_xyy(double x, double y, double luminance) noexcept
{
    if (y == 0)
        return {x, luminance, 1 - x - y};
    return {x * luminance / y, luminance, (1 - x - y) * luminance / y};
}

triple xyz_from_uvy(chromaticity of) noexcept
{
    if (6 * of.u - 16 * of.v + 12 == 0)
        of = {white().u, white().v, of.y};
    auto const divisor = 6 * of.u - 16 * of.v + 12;
    return xyz_from_xyy(9 * of.u / divisor, 4 * of.v / divisor, of.y);
}

triple xyz_from_hvc(tek_hvc const& of) noexcept
{
    auto const center = white();
    if (of.value <= 0 || of.value >= 100)
        return xyz_from_uvy({center.u, center.v, of.value <= 0 ? 0.0 : 1.0});
    auto const angle = (of.hue + red_direction()) * std::numbers::pi / 180;
    auto const distance = of.chroma / (of.value * chroma_scale);
    return xyz_from_uvy({center.u + std::cos(angle) * distance, center.v + std::sin(angle) * distance,
                         luminance_of(of.value)});
}

rgb shown_intensities(triple const& intensities) noexcept
{
    return {level_for(phosphors[0], intensities[0]), level_for(phosphors[1], intensities[1]),
            level_for(phosphors[2], intensities[2])};
}

std::optional<rgb> shown_xyz(triple const& xyz) noexcept
{
    auto intensities = times(intensities_from_xyz, xyz);
    if (!std::ranges::all_of(intensities, [](double each) { return std::isfinite(each); }))
        return std::nullopt;
    auto const [least, most] = std::ranges::minmax(intensities);
    if (least < -tolerance || most > 1 + tolerance) {
        intensities = times(intensities_from_xyz, with_less_chroma(xyz));
        // On the edge of what can be shown no phosphor is quite dark: rounding tips the scales in Xlib.
        for (auto& each : intensities)
            each = std::max(each, 1e-12);
    }
    return shown_intensities(intensities);
}

}  // namespace tendril::term::detail
