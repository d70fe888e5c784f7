#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/rectangle.hpp>
#include <tendril/term/detail/sgr_text.hpp>

#include <algorithm>
#include <string>

namespace tendril::term::detail {

// XTPUSHSGR, XTPOPSGR and XTREPORTSGR. Spec: xterm ctlseqs.

namespace {

// The parts of a rendition by the number that names them; 10 and 11 are xterm's older 30 and 31.
constexpr int foreground_part = 30;
constexpr int background_part = 31;
constexpr std::uint32_t all_parts = 0xFFFFFFFF;

std::uint32_t part_bit(int number) noexcept
{
    if (number == 10)
        number = foreground_part;
    if (number == 11)
        number = background_part;
    return number >= 1 && number <= background_part ? 1u << number : 0u;
}

struct named_attribute {
    int number;
    attribute which;
};

constexpr named_attribute named_attributes[] = {
    {1, attribute::bold},    {2, attribute::faint},  {3, attribute::italic}, {5, attribute::blink},
    {7, attribute::reverse}, {8, attribute::hidden}, {9, attribute::strike}};

void restore(pen& into, pen const& from, std::uint32_t parts) noexcept
{
    auto const has = [parts](int number) { return (parts >> number & 1u) != 0; };
    for (auto const& [number, which] : named_attributes)
        if (has(number))
            from.style.has(which) ? into.style.set(which) : into.style.clear(which);
    if (has(4) || has(21)) {
        into.style.set_line(from.style.line());
        into.underline_color = from.underline_color;
    }
    if (has(foreground_part))
        into.style.set_foreground(from.style.foreground());
    if (has(background_part))
        into.style.set_background(from.style.background());
}

/// What @p one and @p other have in common.
rendition common(rendition one, rendition other) noexcept
{
    rendition both;
    for (auto const& [number, which] : named_attributes)
        if (one.has(which) && other.has(which))
            both.set(which);
    if (one.has(attribute::overline) && other.has(attribute::overline))
        both.set(attribute::overline);
    if (one.line() == other.line())
        both.set_line(one.line());
    if (one.foreground() == other.foreground())
        both.set_foreground(one.foreground());
    if (one.background() == other.background())
        both.set_background(one.background());
    return both;
}

}  // namespace

void xtpushsgr(state& s, numbers n)
{
    if (s.rendition_stack.size() >= s.limits.renditions_stacked)
        return;
    std::uint32_t parts = 0;
    for (std::size_t i = 0; i < n.size(); ++i)
        parts |= part_bit(n[i]);
    s.rendition_stack.push_back({s.at.pen, n.size() == 0 ? all_parts : parts});
}

void xtpopsgr(state& s)
{
    if (s.rendition_stack.empty())
        return;
    auto const top = s.rendition_stack.back();
    s.rendition_stack.pop_back();
    if (top.parts == all_parts &&
        s.at.pen.style.has(attribute::overline) != top.held.style.has(attribute::overline))
        s.at.pen.style.flip(attribute::overline);
    restore(s.at.pen, top.held, top.parts);
    refresh_decoration(s);
}

void xtreportsgr(state& s, numbers n)
{
    auto const area = rectangle_at(s, n, 0);
    if (!area)
        return;
    auto shared = s.lines()[area->top].at(area->left).style;
    for (int y = area->top; y <= area->bottom; ++y)
        for (int x = area->left; x <= area->right; ++x)
            shared = common(shared, s.lines()[y].at(x).style);
    reply(s, "\x1b[" + sgr_numbers(shared) + "m");
}

}  // namespace tendril::term::detail
