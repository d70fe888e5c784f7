#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>

#include <algorithm>
#include <array>

namespace tendril::term::detail {

// DECUDK: what function keys send with Shift. Spec: VT510 manual, DECUDK.

namespace {

constexpr std::size_t most_bytes = 804;  // of all definitions: the VT520's memory for them

/// F6 to F20 by the numbers in their sequences.
constexpr std::array key_numbers{17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34};

void define(state& s, int number, std::string bytes)
{
    if (std::ranges::find(key_numbers, number) == key_numbers.end())
        return;
    std::size_t used = bytes.size();
    for (auto const& [other, text] : s.user_keys)
        used += other == number ? 0 : text.size();
    if (used > most_bytes)
        return;
    if (bytes.empty())
        s.user_keys.erase(number);
    else
        s.user_keys[number] = std::move(bytes);
}

}  // namespace

void decudk(state& s, numbers n, std::string_view payload)
{
    if (s.chosen.keys_locked)
        return;
    if (n[0] == 0)
        s.user_keys.clear();
    s.chosen.keys_locked = n[1] == 0;
    while (!payload.empty()) {
        auto definition = next_field(payload);
        auto const number = number_of(next_field(definition, '/'));
        auto bytes = from_hex(definition);
        if (!number || !bytes)  // what came before it counts
            return;
        define(s, *number, std::move(*bytes));
    }
}

}  // namespace tendril::term::detail
