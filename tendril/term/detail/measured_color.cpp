#include <tendril/term/detail/measured_color.hpp>
#include <tendril/term/detail/screen_color.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace tendril::term::detail {

namespace {

bool within(double value, double least, double most) noexcept
{
    return value >= least && value <= most;
}

std::optional<rgb> from_rgbi(triple const& n)
{
    if (!std::ranges::all_of(n, [](double each) { return within(each, 0, 1); }))
        return std::nullopt;
    return shown_intensities(n);
}

std::optional<rgb> from_xyz(triple const& n)
{
    return within(n[1], 0, 1) ? shown_xyz(n) : std::nullopt;
}

std::optional<rgb> from_uvy(triple const& n)
{
    return within(n[2], 0, 1) ? shown_xyz(xyz_from_uvy({n[0], n[1], n[2]})) : std::nullopt;
}

std::optional<rgb> from_xyy(triple const& n)
{
    if (!std::ranges::all_of(n, [](double each) { return within(each, 0, 1); }))
        return std::nullopt;
    return shown_xyz(xyz_from_xyy(n[0], n[1], n[2]));
}

std::optional<rgb> from_lab(triple const& n)
{
    if (!within(n[0], 0, 100))
        return std::nullopt;
    auto const root = (n[0] + 16) / 116;
    auto const lit = white_xyz();
    if (root * root * root < line_below) {  // Xlib divides by 9.03292 here, a hundredth of CIE's number
        auto const y = n[0] / 9.03292;
        return shown_xyz({lit[0] * (n[1] / 3893.5 + y), y, lit[2] * (y - n[2] / 1557.4)});
    }
    auto const x_root = root + n[1] / 5;  // Xlib's scale: a* and b* are a hundredth of CIE's
    auto const z_root = root - n[2] / 2;
    return shown_xyz(
        {lit[0] * x_root * x_root * x_root, root * root * root, lit[2] * z_root * z_root * z_root});
}

std::optional<rgb> from_luv(triple const& n)
{
    if (!within(n[0], 0, 100))
        return std::nullopt;
    auto const center = white();
    auto const scale = 13 * n[0] / 100;  // again a hundredth of CIE's
    if (scale == 0)
        return shown_xyz(xyz_from_uvy({center.u, center.v, 0}));
    return shown_xyz(xyz_from_uvy({n[1] / scale + center.u, n[2] / scale + center.v, luminance_of(n[0])}));
}

std::optional<rgb> from_hvc(triple const& n)
{
    if (!within(n[1], 0, 100) || !(n[2] >= 0))
        return std::nullopt;
    return shown_xyz(xyz_from_hvc({n[0], n[1], n[2]}));
}

using space = std::optional<rgb> (*)(triple const&);

constexpr std::array<std::pair<std::string_view, space>, 7> spaces{{
    {"rgbi", from_rgbi},
    {"ciexyz", from_xyz},
    {"cieuvy", from_uvy},
    {"ciexyy", from_xyy},
    {"cielab", from_lab},
    {"cieluv", from_luv},
    {"tekhvc", from_hvc},
}};

std::optional<triple> three_numbers(std::string_view text)
{
    triple numbers{};
    if (std::ranges::count(text, '/') != 2)
        return std::nullopt;
    for (auto& each : numbers) {
        auto part = next_field(text, '/');
        if (part.starts_with('+'))
            part.remove_prefix(1);
        auto const* const end = part.data() + part.size();
        auto const read = std::from_chars(part.data(), end, each);
        if (part.empty() || read.ec != std::errc() || read.ptr != end || !std::isfinite(each))
            return std::nullopt;
    }
    return numbers;
}

}  // namespace

std::optional<rgb> parse_measured_color(std::string_view text)
{
    auto const is = [&](std::string_view prefix) {
        return text.size() > prefix.size() && text[prefix.size()] == ':' &&
               std::ranges::equal(text.substr(0, prefix.size()), prefix,
                                  [](char one, char other) { return (one | 0x20) == other; });
    };
    for (auto const& [prefix, reader] : spaces) {
        if (!is(prefix))
            continue;
        auto const numbers = three_numbers(text.substr(prefix.size() + 1));
        return numbers ? reader(*numbers) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace tendril::term::detail
