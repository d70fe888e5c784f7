#pragma once

/// @file
/// From a sequence's key to the control function behind it. Layer: term (vt). Spec: ECMA-48 section 5.4.

#include <tendril/term/detail/controls.hpp>
#include <tendril/vt/sequence.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tendril::term::detail {

/// How the tables call every control function.
using control_function = void (*)(state& s, vt::sequence const& what);

/// @p Function as the tables call it: with @p Given, and with the sequence's numbers if it takes them.
template <auto Function, auto... Given>
void call(state& s, [[maybe_unused]] vt::sequence const& what)
{
    if constexpr (std::invocable<decltype(Function), state&, numbers, decltype(Given)...>)
        Function(s, what.numbers, Given...);
    else if constexpr (std::invocable<decltype(Function), state&, decltype(Given)..., numbers>)
        Function(s, Given..., what.numbers);
    else
        Function(s, Given...);
}

/// One line of a table. A sequence is written as in the documents, without its numbers: "?$p" is CSI ? $ p.
struct dispatch_line {
    constexpr dispatch_line() = default;
    consteval dispatch_line(std::string_view sequence, control_function what) : function(what)
    {
        auto const is_prefix = [](char byte) { return byte >= '<' && byte <= '?'; };
        auto const prefixed = sequence.size() > 1 && is_prefix(sequence.front());
        auto const intermediate = sequence.substr(prefixed ? 1 : 0, sequence.size() - 1 - (prefixed ? 1 : 0));
        key = vt::key_of(prefixed ? sequence.front() : '\0', intermediate.empty() ? '\0' : intermediate[0],
                         sequence.back());
    }

    std::uint32_t key = 0;
    control_function function = nullptr;
};

/// Control functions by their keys, sorted when it is compiled: those with one final byte stand together.
template <std::size_t Size>
class dispatch_table {
public:
    consteval explicit dispatch_table(dispatch_line const (&lines)[Size])
    {
        std::ranges::copy(lines, lines_.begin());
        std::ranges::sort(lines_.begin(), lines_.end() - 1, {},
                          [](auto const& line) { return final_of(line.key) << 24 | line.key >> 8; });
        std::uint8_t at = 0;
        for (auto final = first_final; final != end_of_finals; ++final) {
            while (lines_[at].key != 0 && final_of(lines_[at].key) < final)
                ++at;
            groups_[final - first_final] = {lines_[at].key == final ? lines_[at].function : nullptr, at};
        }
    }

    /// The function of @p what, whose final byte is 0x30 to 0x7E; null when there is none.
    [[nodiscard]] control_function find(vt::sequence const& what) const noexcept
    {
        auto const& group = groups_[static_cast<unsigned char>(what.final) - first_final];
        if (what.prefix == 0 && what.intermediates[0] == 0)
            return group.plain;
        auto const key = what.key();
        for (auto const* line = &lines_[group.begin]; final_of(line->key) == final_of(key); ++line)
            if (line->key == key)
                return line->function;
        return nullptr;
    }

private:
    static constexpr std::uint32_t first_final = 0x30;
    static constexpr std::uint32_t end_of_finals = 0x7F;

    static constexpr std::uint32_t final_of(std::uint32_t key) noexcept { return key & 0xFF; }

    struct lines_of_final {
        control_function plain = nullptr;  ///< of what has numbers at most
        std::uint8_t begin = 0;            ///< in lines_
    };

    std::array<dispatch_line, Size + 1> lines_{};  ///< the last one's final byte is none
    std::array<lines_of_final, end_of_finals - first_final> groups_{};
};

/// Executes an escape sequence. What is unknown is ignored.
void escape_sequence(state& s, vt::sequence const& what);

/// Executes a control sequence. What is unknown is ignored.
void control_sequence(state& s, vt::sequence const& what);

}  // namespace tendril::term::detail
