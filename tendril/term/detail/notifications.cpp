#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tendril::term::detail {

// Desktop notifications and progress: OSC 9 (iTerm2 and ConEmu), OSC 99 (kitty), OSC 777 (rxvt).

namespace {

void notification(state& s, std::string_view title, std::string_view body)
{
    notify(s, {.what = event::kind::notification,
               .text = clean(body, s.limits.title_bytes),
               .detail = clean(title, s.limits.title_bytes)});
}

/// OSC 9 ; 4 ; state ; percentage.
void progress(state& s, std::string_view rest)
{
    constexpr std::array<char const*, 5> names{"none", "set", "error", "indeterminate", "paused"};
    auto const kind = number_of(next_field(rest)).value_or(0);
    auto const percentage = number_of(next_field(rest)).value_or(0);
    if (kind < 0 || kind >= static_cast<int>(names.size()) || percentage < 0 || percentage > 100)
        return;
    notify(s, {.what = event::kind::progress,
               .text = names[static_cast<std::size_t>(kind)],
               .detail = std::to_string(percentage)});
}

/// What stands before the payload of OSC 99: key=value pairs between colons.
struct metadata {
    std::string_view id;
    std::string_view part = "title";
    bool encoded = false;
    bool done = true;
};

metadata metadata_of(std::string_view text)
{
    metadata found;
    while (!text.empty()) {
        auto value = next_field(text, ':');
        auto const key = next_field(value, '=');
        if (key == "i")
            found.id = value;
        else if (key == "p")
            found.part = value;
        else if (key == "e")
            found.encoded = value == "1";
        else if (key == "d")
            found.done = value != "0";
    }
    return found;
}

void append(std::string& to, std::string_view text, std::size_t limit)
{
    to += text.substr(0, limit - std::min(limit, to.size()));
}

}  // namespace

void osc_9(state& s, std::string_view rest)
{
    auto fields = rest;
    auto const command = number_of(next_field(fields));
    if (command == 4)
        progress(s, fields);
    else if (!command || *command < 1 || *command > 12 || fields.empty())  // the others are ConEmu's own
        notification(s, {}, rest);
}

void osc_99(state& s, std::string_view rest)
{
    auto const head = metadata_of(next_field(rest));
    auto& draft = s.draft;
    if (draft.id != head.id)
        draft = {clean(head.id, 256), {}, {}};
    auto const decoded = head.encoded ? from_base64(rest) : std::optional(std::string(rest));
    if (decoded && head.part == "title")
        append(draft.title, *decoded, s.limits.title_bytes);
    else if (decoded && head.part == "body")
        append(draft.body, *decoded, s.limits.title_bytes);
    if (!head.done)
        return;
    auto const whole = std::exchange(draft, {});
    if (whole.body.empty() && !whole.title.empty())
        notification(s, {}, whole.title);
    else if (!whole.body.empty())
        notification(s, whole.title, whole.body);
}

void osc_777(state& s, std::string_view rest)
{
    if (next_field(rest) != "notify")
        return;
    auto const title = next_field(rest);
    notification(s, title, rest);
}

}  // namespace tendril::term::detail
