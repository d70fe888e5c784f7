#include <tendril/term/detail/color_spec.hpp>
#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>
#include <tendril/term/palette.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

constexpr int first_dynamic = 10;  // OSC 10 to 19
constexpr int last_dynamic = 19;

rgb current_color(state const& s, int entry)
{
    auto const changed = s.palette.find(entry);
    return changed != s.palette.end() ? changed->second : default_color(entry);
}

/// Sets entry @p entry to @p value, or answers when that is "?". @p name is what the answer begins with.
void color_request(state& s, int entry, std::string_view value, std::string const& name, vt::terminator end)
{
    if (value == "?") {
        reply(s, "\x1b]" + name + ";" + spelled(current_color(s, entry)) +
                     (end == vt::terminator::bell ? "\x07" : "\x1b\\"));
    } else if (auto const wanted = parse_color(value)) {
        s.palette[entry] = *wanted;
    }
}

/// The entry behind a number of OSC 4: beyond the palette come the special colours. Negative: none.
int palette_entry(int number) noexcept
{
    if (number >= 0 && number < 256)
        return number;
    return number >= 256 && number < 256 + special_color_count ? first_special_color + number - 256 : -1;
}

int special_entry(int number) noexcept
{
    return number >= 0 && number < special_color_count ? first_special_color + number : -1;
}

void indexed_requests(state& s, std::string_view rest, char const* command, int (*entry_of)(int) noexcept,
                      vt::terminator end)
{
    while (!rest.empty()) {
        auto const number = number_of(next_field(rest)).value_or(-1);
        auto const value = next_field(rest);
        if (auto const entry = entry_of(number); entry >= 0)
            color_request(s, entry, value, command + std::to_string(number), end);
    }
}

void reset_indexed(state& s, std::string_view rest, int first, int last, int (*entry_of)(int) noexcept)
{
    if (rest.empty())
        std::erase_if(s.palette, [&](auto const& each) { return each.first >= first && each.first <= last; });
    while (!rest.empty())
        s.palette.erase(entry_of(number_of(next_field(rest)).value_or(-1)));
}

}  // namespace

void palette_requests(state& s, std::string_view rest, vt::terminator end)
{
    indexed_requests(s, rest, "4;", palette_entry, end);
}

void special_color_requests(state& s, std::string_view rest, vt::terminator end)
{
    indexed_requests(s, rest, "5;", special_entry, end);
}

void dynamic_requests(state& s, int number, std::string_view rest, vt::terminator end)
{
    for (; number <= last_dynamic && !rest.empty(); ++number)
        color_request(s, dynamic_foreground + number - first_dynamic, next_field(rest),
                      std::to_string(number), end);
}

void reset_palette(state& s, std::string_view rest)
{
    reset_indexed(s, rest, 0, 255, palette_entry);
}

void reset_special_colors(state& s, std::string_view rest)
{
    reset_indexed(s, rest, first_special_color, first_special_color + special_color_count - 1, special_entry);
}

void reset_dynamic_color(state& s, int number)
{
    s.palette.erase(dynamic_foreground + number - first_dynamic);
}

void xtpushcolors(state& s, numbers n)
{
    // A number names the slot to store to, as if everything below had been pushed.
    auto& stack = s.palette_stack;
    auto const slot = n[0] == 0 ? stack.size() : static_cast<std::size_t>(n[0] - 1);
    if (slot >= s.limits.colors_stacked)
        return;
    if (stack.size() <= slot)
        stack.resize(slot + 1);
    stack[slot] = s.palette;
}

void xtpopcolors(state& s, numbers n)
{
    auto& stack = s.palette_stack;
    if (n[0] == 0) {
        if (stack.empty())
            return;
        s.palette = std::move(stack.back());
        stack.pop_back();
    } else if (auto const slot = static_cast<std::size_t>(n[0] - 1); slot < stack.size()) {
        s.palette = stack[slot];
    }
}

void xtreportcolors(state& s)
{
    auto const count = std::to_string(s.palette_stack.size());
    reply(s, "\x1b[?" + count + ";" + count + "#Q");
}

}  // namespace tendril::term::detail
