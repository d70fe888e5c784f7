#include <tendril/term/detail/controls.hpp>

#include <algorithm>
#include <optional>

namespace tendril::term::detail {

namespace {

std::uint8_t byte_of(int value) noexcept
{
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

/// Reads the colour after 38, 48 or 58 at @p at and moves @p at to the last number it used.
///
/// Forms: 5;n and 2;r;g;b with semicolons; 5:n, 2:r:g:b and 2:space:r:g:b with colons.
std::optional<color> extended_color(numbers n, std::size_t& at)
{
    auto const first = at + 1;
    if (n.is_sub(first)) {
        auto end = first;
        while (n.is_sub(end))
            ++end;
        at = end - 1;
        auto const count = end - first;
        if (n[first] == 5 && count >= 2)
            return color::palette(byte_of(n[first + 1]));
        if (n[first] == 2 && count >= 4) {
            auto const red = first + (count >= 5 ? 2 : 1);  // T.416 has a colour space before red
            return color::direct({byte_of(n[red]), byte_of(n[red + 1]), byte_of(n[red + 2])});
        }
        return std::nullopt;
    }
    if (n[first] == 5 && first + 1 < n.size()) {
        at = first + 1;
        return color::palette(byte_of(n[at]));
    }
    if (n[first] == 2 && first + 3 < n.size()) {
        at = first + 3;
        return color::direct({byte_of(n[first + 1]), byte_of(n[first + 2]), byte_of(n[first + 3])});
    }
    at = n.size();  // cut short: what follows has no meaning of its own
    return std::nullopt;
}

void set_underline(state& s, numbers n, std::size_t& at)
{
    auto style = underline::single;
    if (n.is_sub(at + 1)) {
        ++at;
        style = n[at] <= 5 ? static_cast<underline>(n[at]) : underline::single;
        while (n.is_sub(at + 1))
            ++at;
    }
    s.at.pen.style.set_line(style);
}

void set_underline_color(state& s, color to)
{
    s.at.pen.underline_color = to;
    refresh_decoration(s);
}

/// The attributes that one number sets or clears.
void plain_attribute(rendition& style, int number)
{
    switch (number) {
    case 1:
        style.set(attribute::bold);
        break;
    case 2:
        style.set(attribute::faint);
        break;
    case 3:
        style.set(attribute::italic);
        break;
    case 5:
    case 6:
        style.set(attribute::blink);
        break;
    case 7:
        style.set(attribute::reverse);
        break;
    case 8:
        style.set(attribute::hidden);
        break;
    case 9:
        style.set(attribute::strike);
        break;
    case 21:
        style.set_line(underline::doubled);
        break;
    case 22:
        style.clear(attribute::bold);
        style.clear(attribute::faint);
        break;
    case 23:
        style.clear(attribute::italic);
        break;
    case 24:
        style.set_line(underline::none);
        break;
    case 25:
        style.clear(attribute::blink);
        break;
    case 27:
        style.clear(attribute::reverse);
        break;
    case 28:
        style.clear(attribute::hidden);
        break;
    case 29:
        style.clear(attribute::strike);
        break;
    case 39:
        style.set_foreground({});
        break;
    case 49:
        style.set_background({});
        break;
    case 53:
        style.set(attribute::overline);
        break;
    case 55:
        style.clear(attribute::overline);
        break;
    default:
        break;
    }
}

/// The sixteen named colours. Returns whether @p number was one of them.
bool named_color(rendition& style, int number)
{
    auto const index = [number](int base) {
        return color::palette(static_cast<std::uint8_t>(number - base));
    };
    if (number >= 30 && number <= 37)
        style.set_foreground(index(30));
    else if (number >= 40 && number <= 47)
        style.set_background(index(40));
    else if (number >= 90 && number <= 97)
        style.set_foreground(index(90 - 8));
    else if (number >= 100 && number <= 107)
        style.set_background(index(100 - 8));
    else
        return false;
    return true;
}

void reset_pen(state& s)
{
    auto& held = s.at.pen;
    held.style = held.style.reset();
    if (!held.underline_color.is_default())
        set_underline_color(s, {});
}

}  // namespace

void sgr(state& s, numbers n)
{
    auto& style = s.at.pen.style;
    if (n.size() == 0)
        reset_pen(s);
    for (std::size_t at = 0; at < n.size(); ++at) {
        auto const number = n[at];
        if (number == 0)
            reset_pen(s);
        else if (number == 4)
            set_underline(s, n, at);
        else if (number == 38 || number == 48 || number == 58) {
            auto const named = extended_color(n, at);
            if (!named)
                continue;
            if (number == 38)
                style.set_foreground(*named);
            else if (number == 48)
                style.set_background(*named);
            else
                set_underline_color(s, *named);
        } else if (number == 59)
            set_underline_color(s, {});
        else if (!named_color(style, number))
            plain_attribute(style, number);
        while (n.is_sub(at + 1))  // sub-parameters of a number that has none
            ++at;
    }
}

}  // namespace tendril::term::detail
