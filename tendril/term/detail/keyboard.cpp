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

namespace {

constexpr int modify_other_keys = 4;  // among the resources of XTMODKEYS and XTFMTKEYS

std::string resource_report(char final, int resource, int value)
{
    return "\x1b[>" + std::to_string(resource) + ";" + std::to_string(value) + final;
}

}  // namespace

void xtmodkeys(state& s, numbers n)
{
    if (n.size() == 0) {
        s.chosen.key_options = {};
        s.key_modifier_options = 0;
    } else if (n[0] == modify_other_keys) {
        s.key_modifier_options = std::min(n[1], 2);
    } else if (auto const resource = static_cast<std::size_t>(n[0]); resource < s.chosen.key_options.size()) {
        s.chosen.key_options[resource] = static_cast<std::uint8_t>(std::min(n[1], 255));
    }
}

void xtqmodkeys(state& s, numbers n)
{
    auto const resource = static_cast<std::size_t>(n[0]);
    if (n[0] == modify_other_keys)
        reply(s, resource_report('m', n[0], s.key_modifier_options));
    else if (resource < s.chosen.key_options.size())
        reply(s, resource_report('m', n[0], s.chosen.key_options[resource]));
}

void xtfmtkeys(state& s, numbers n)
{
    if (n.size() == 0)
        s.chosen.key_formats = {};
    else if (auto const resource = static_cast<std::size_t>(n[0]); resource < s.chosen.key_formats.size())
        s.chosen.key_formats[resource] = static_cast<std::uint8_t>(std::min(n[1], 1));
}

void xtqfmtkeys(state& s, numbers n)
{
    if (auto const resource = static_cast<std::size_t>(n[0]); resource < s.chosen.key_formats.size())
        reply(s, resource_report('f', n[0], s.chosen.key_formats[resource]));
}

void xtshiftescape(state& s, numbers n)
{
    s.chosen.shift_escape = static_cast<std::uint8_t>(std::min(n[0], 3));
}

}  // namespace tendril::term::detail
