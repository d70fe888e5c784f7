#include <algorithm>
#include <array>
#include <utility>

#include <apps/tendril/play_keys.hpp>

namespace tendril::app {

namespace {

constexpr std::array<std::pair<std::string_view, play_key>, 20> keys{{
    {"q", play_key::quit},
    {"\x03", play_key::interrupt},
    {" ", play_key::pause},
    {".", play_key::step},
    {"\x1b[D", play_key::back},
    {"\x1bOD", play_key::back},
    {"h", play_key::back},
    {"\x1b[C", play_key::forward},
    {"\x1bOC", play_key::forward},
    {"l", play_key::forward},
    {"\x1b[B", play_key::far_back},
    {"\x1bOB", play_key::far_back},
    {"\x1b[A", play_key::far_forward},
    {"\x1bOA", play_key::far_forward},
    {"g", play_key::beginning},
    {"m", play_key::next_marker},
    {"<", play_key::slower},
    {">", play_key::faster},
    {"/", play_key::search},
    {"n", play_key::search_again},
}};

}  // namespace

std::vector<play_key> play_keys(std::string_view typed, std::string_view& rest)
{
    std::vector<play_key> found;
    rest = {};
    while (!typed.empty()) {
        auto const* const key =
            std::ranges::find_if(keys, [&](auto const& each) { return typed.starts_with(each.first); });
        if (key == keys.end()) {
            if (typed.front() == '\x1b')  // another function key, or something our terminal reports
                return found;
            typed.remove_prefix(1);
            continue;
        }
        typed.remove_prefix(key->first.size());
        found.push_back(key->second);
        if (key->second == play_key::search) {
            rest = typed;
            return found;
        }
    }
    return found;
}

}  // namespace tendril::app
