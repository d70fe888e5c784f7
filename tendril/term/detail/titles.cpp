#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>

#include <string>
#include <utility>

namespace tendril::term::detail {

namespace {

constexpr unsigned all_title_modes = 15;

/// What the program sent, as text: it may have asked to write in hexadecimal.
std::optional<std::string> decoded(state const& s, std::string_view text)
{
    if ((s.chosen.title_modes & title_mode::set_hex) == 0)
        return clean(text, s.limits.title_bytes);
    auto const bytes = from_hex(text);
    return bytes ? std::optional(clean(*bytes, s.limits.title_bytes)) : std::nullopt;
}

void assign(state& s, std::string& title, event::kind what, std::string text)
{
    title = std::move(text);
    notify(s, {.what = what, .text = title});
}

/// Takes the topmost value out of the stack's entries: one that was pushed alone may lie deeper.
std::optional<std::string> topmost(state const& s, std::optional<std::string> stacked_titles::* which)
{
    for (auto entry = s.title_stack.rbegin(); entry != s.title_stack.rend(); ++entry)
        if ((*entry).*which)
            return (*entry).*which;
    return std::nullopt;
}

}  // namespace

void set_title(state& s, std::string_view text)
{
    if (auto title = decoded(s, text))
        assign(s, s.title, event::kind::title, std::move(*title));
}

void set_icon(state& s, std::string_view text)
{
    if (auto icon = decoded(s, text))
        assign(s, s.icon, event::kind::icon, std::move(*icon));
}

void report_title(state& s, char letter, std::string const& title)
{
    std::string told;
    if (s.host.tells_titles)
        told = (s.chosen.title_modes & title_mode::query_hex) != 0 ? to_hex(title) : title;
    reply(s, std::string("\x1b]") + letter);
    reply(s, told + "\x1b\\");
}

void push_titles(state& s, int which)
{
    if (which > 2)
        return;
    if (s.title_stack.size() == s.limits.titles_stacked && !s.title_stack.empty())
        s.title_stack.erase(s.title_stack.begin());
    s.title_stack.push_back({which == 1 ? std::nullopt : std::optional(s.title),
                             which == 2 ? std::nullopt : std::optional(s.icon)});
}

void pop_titles(state& s, int which)
{
    if (s.title_stack.empty() || which > 2)
        return;
    if (auto title = topmost(s, &stacked_titles::title); title && which != 1)
        assign(s, s.title, event::kind::title, std::move(*title));
    if (auto icon = topmost(s, &stacked_titles::icon); icon && which != 2)
        assign(s, s.icon, event::kind::icon, std::move(*icon));
    s.title_stack.pop_back();
}

void xtsmtitle(state& s, numbers n, bool on)
{
    auto& modes = s.chosen.title_modes;
    if (n.size() == 0)
        modes = on ? title_mode::set_utf8 | title_mode::query_utf8 : 0;
    for (std::size_t i = 0; i < n.size(); ++i) {
        auto const bit = n[i] < 4 ? 1u << n[i] : 0u;
        modes = (on ? modes | bit : modes & ~bit) & all_title_modes;
    }
}

}  // namespace tendril::term::detail
