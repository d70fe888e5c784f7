#include <tendril/term/detail/controls.hpp>

#include <algorithm>
#include <string>

namespace tendril::term::detail {

namespace {

constexpr int all_flags = 31;              // the five progressive enhancements
constexpr std::size_t deepest_stack = 16;  // a program that only pushes must not grow it for ever

std::uint8_t flags_of(int number) noexcept
{
    return static_cast<std::uint8_t>(number & all_flags);
}

void push(screen& on, int flags)
{
    auto& stack = on.keyboard_flags;
    if (stack.size() == deepest_stack)
        stack.erase(stack.begin());
    stack.push_back(flags_of(flags));
}

void pop(screen& on, int count)
{
    auto& stack = on.keyboard_flags;
    auto const gone = std::min(static_cast<std::size_t>(count), stack.size());
    stack.resize(stack.size() - gone);
}

void assign(screen& on, int flags, int how)
{
    auto& stack = on.keyboard_flags;
    if (stack.empty())
        stack.push_back(0);
    if (how == 1)
        stack.back() = flags_of(flags);
    else if (how == 2)
        stack.back() = static_cast<std::uint8_t>(stack.back() | flags_of(flags));
    else if (how == 3)
        stack.back() = static_cast<std::uint8_t>(stack.back() & ~flags_of(flags));
}

}  // namespace

void kitty_keyboard(state& s, char prefix, numbers n)
{
    auto& on = s.current();
    if (prefix == '>')
        push(on, n[0]);
    else if (prefix == '<')
        pop(on, n.at_or(0, 1));
    else if (prefix == '=')
        assign(on, n[0], n.at_or(1, 1));
    else if (prefix == '?')
        reply(s, "\x1b[?" + std::to_string(on.keyboard_flags.empty() ? 0 : on.keyboard_flags.back()) + "u");
}

void xtmodkeys(state& s, numbers n)
{
    if (n.size() == 0 || n[0] == 4)
        s.key_modifier_options = std::min(n[1], 2);
}

void xtqmodkeys(state& s, numbers n)
{
    if (n[0] == 4)
        reply(s, "\x1b[>4;" + std::to_string(s.key_modifier_options) + "m");
}

}  // namespace tendril::term::detail
