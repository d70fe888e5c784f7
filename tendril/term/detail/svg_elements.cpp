#include <tendril/term/detail/svg_elements.hpp>
#include <tendril/term/palette.hpp>
#include <tendril/term/runs.hpp>

#include <array>
#include <charconv>

namespace tendril::term::detail {

std::string svg_number(double value)
{
    std::array<char, 32> buffer;
    auto const end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 2);
    std::string text(buffer.data(), end.ptr);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text;
}

std::string svg_rectangle(double x, double y, double width, double height, rgb fill)
{
    return "<rect x=\"" + svg_number(x) + "\" y=\"" + svg_number(y) + "\" width=\"" + svg_number(width) +
           "\" height=\"" + svg_number(height) + "\" fill=\"" + hex(fill) + "\"/>";
}

rgb own_background(terminal const& of)
{
    return of.palette(of.is(mode::reverse_screen) ? dynamic_foreground : dynamic_background);
}

rgb own_foreground(terminal const& of)
{
    return of.palette(of.is(mode::reverse_screen) ? dynamic_background : dynamic_foreground);
}

}  // namespace tendril::term::detail
