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
    consteval dispatch_line(std::string_view sequence, control_function what) : function(what)
    {
        auto const is_prefix = [](char byte) { return byte >= '<' && byte <= '?'; };
        auto const prefixed = sequence.size() > 1 && is_prefix(sequence.front());
        auto const intermediate = sequence.substr(prefixed ? 1 : 0, sequence.size() - 1 - (prefixed ? 1 : 0));
        key = vt::key_of(prefixed ? sequence.front() : '\0', intermediate.empty() ? '\0' : intermediate[0],
                         sequence.back());
    }

    std::uint32_t key = 0;
    control_function function;
};

/// Control functions by their keys, sorted when it is compiled: those with one final byte stand together.
template <std::size_t Size>
class dispatch_table {
public:
    consteval explicit dispatch_table(dispatch_line const (&lines)[Size]) : lines_(std::to_array(lines))
    {
        std::ranges::sort(lines_, {},
                          [](auto const& line) { return final_of(line.key) << 24 | line.key >> 8; });
        for (std::size_t final = 0, at = 0; final != begins_.size(); ++final) {
            begins_[final] = static_cast<std::uint8_t>(at);
            while (at != Size && final_of(lines_[at].key) == first_final + final)
                ++at;
        }
    }

    /// The function of @p key, whose final byte is 0x30 to 0x7E; null when there is none.
    [[nodiscard]] constexpr control_function find(std::uint32_t key) const noexcept
    {
        auto const final = final_of(key) - first_final;
        for (std::size_t at = begins_[final]; at != begins_[final + 1]; ++at)
            if (lines_[at].key == key)
                return lines_[at].function;
        return nullptr;
    }

private:
    static constexpr std::uint32_t first_final = 0x30;

    static constexpr std::uint32_t final_of(std::uint32_t key) noexcept { return key & 0xFF; }

    std::array<dispatch_line, Size> lines_;
    std::array<std::uint8_t, 0x80 - first_final> begins_{};  ///< where each final byte's lines begin
};

/// Executes an escape sequence. What is unknown is ignored.
void escape_sequence(state& s, vt::sequence const& what);

/// Executes a control sequence. What is unknown is ignored.
void control_sequence(state& s, vt::sequence const& what);

}  // namespace tendril::term::detail
