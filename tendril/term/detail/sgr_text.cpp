#include <tendril/term/detail/sgr_text.hpp>

namespace tendril::term::detail {

namespace {

std::string color_numbers(color which, int base)
{
    if (which.is_direct()) {
        auto const value = which.value();
        return ";" + std::to_string(base + 8) + ":2::" + std::to_string(value.red) + ":" +
               std::to_string(value.green) + ":" + std::to_string(value.blue);
    }
    if (which.is_default())
        return {};
    auto const index = which.index();
    if (index < 8)
        return ";" + std::to_string(base + index);
    if (index < 16)
        return ";" + std::to_string(base + 60 + index - 8);
    return ";" + std::to_string(base + 8) + ":5:" + std::to_string(index);
}

}  // namespace

std::string sgr_numbers(rendition style)
{
    std::string text = "0";
    auto const add = [&](attribute which, char const* number) {
        if (style.has(which))
            text += number;
    };
    add(attribute::bold, ";1");
    add(attribute::faint, ";2");
    add(attribute::italic, ";3");
    if (style.line() == underline::single)
        text += ";4";
    else if (style.line() != underline::none)
        text += ";4:" + std::to_string(static_cast<int>(style.line()));
    add(attribute::blink, ";5");
    add(attribute::reverse, ";7");
    add(attribute::hidden, ";8");
    add(attribute::strike, ";9");
    add(attribute::overline, ";53");
    return text + color_numbers(style.foreground(), 30) + color_numbers(style.background(), 40);
}

std::string underline_color_number(color which)
{
    if (which.is_default())
        return {};
    if (which.is_palette())
        return ";58:5:" + std::to_string(which.index());
    auto const value = which.value();
    return ";58:2::" + std::to_string(value.red) + ":" + std::to_string(value.green) + ":" +
           std::to_string(value.blue);
}

}  // namespace tendril::term::detail
