#include <tendril/term/detail/sgr_change.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace tendril::term::detail {

namespace {

struct attribute_number {
    attribute what;
    unsigned on;
    unsigned off;
};

constexpr std::array<attribute_number, 8> attribute_numbers{{{attribute::bold, 1, 22},
                                                             {attribute::faint, 2, 22},
                                                             {attribute::italic, 3, 23},
                                                             {attribute::blink, 5, 25},
                                                             {attribute::reverse, 7, 27},
                                                             {attribute::hidden, 8, 28},
                                                             {attribute::strike, 9, 29},
                                                             {attribute::overline, 53, 55}}};
constexpr std::size_t shortest_reset = 3;  // "0;1"
constexpr unsigned not_underlined = 24;
constexpr unsigned default_underline_color = 59;

/// The numbers between CSI and `m`. They always fit: eight attributes, an underline and three colours.
class number_list {
public:
    number_list& operator<<(unsigned number) noexcept
    {
        if (end_ != bytes_.data())
            *end_++ = ';';
        put(number);
        return *this;
    }

    void sub(unsigned number) noexcept
    {
        *end_++ = ':';
        put(number);
    }
    void empty_sub() noexcept { *end_++ = ':'; }

    [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), end_}; }

private:
    void put(unsigned number) noexcept
    {
        if (number >= 100)
            *end_++ = static_cast<char>('0' + number / 100);
        if (number >= 10)
            *end_++ = static_cast<char>('0' + number / 10 % 10);
        *end_++ = static_cast<char>('0' + number % 10);
    }

    std::array<char, 128> bytes_;
    char* end_ = bytes_.data();
};

/// @p base is 30 for the foreground and 40 for the background.
void add_color(number_list& to, color which, unsigned base)
{
    if (which.is_direct()) {
        auto const value = which.value();
        to << base + 8 << 2 << value.red << value.green << value.blue;
    } else if (which.is_default()) {
        to << base + 9;
    } else if (auto const index = which.index(); index < 8) {
        to << base + index;
    } else if (index < 16) {
        to << base + 60 + index - 8;
    } else {
        to << base + 8 << 5 << index;
    }
}

void add_underline(number_list& to, underline which)
{
    if (which == underline::none) {
        to << not_underlined;
        return;
    }
    to << 4;
    if (which != underline::single)
        to.sub(static_cast<unsigned>(which));
}

void add_underline_color(number_list& to, color which)
{
    if (which.is_default()) {
        to << default_underline_color;
        return;
    }
    to << 58;
    if (which.is_palette()) {
        to.sub(5);
        to.sub(which.index());
        return;
    }
    auto const value = which.value();
    to.sub(2);
    to.empty_sub();  // the colour space, left out
    to.sub(value.red);
    to.sub(value.green);
    to.sub(value.blue);
}

/// Whether bold or faint goes: one number switches both off, so the other may have to come back.
bool loses_weight(rendition from, rendition wanted) noexcept
{
    return (from.has(attribute::bold) && !wanted.has(attribute::bold)) ||
           (from.has(attribute::faint) && !wanted.has(attribute::faint));
}

void add_changes(number_list& to, sgr_look const& from, sgr_look const& wanted)
{
    auto had = from.style;
    if (loses_weight(had, wanted.style)) {
        to << 22;
        had.clear(attribute::bold);
        had.clear(attribute::faint);
    }
    for (auto const& [what, on, off] : attribute_numbers)
        if (had.has(what) != wanted.style.has(what))
            to << (wanted.style.has(what) ? on : off);
    if (had.line() != wanted.style.line())
        add_underline(to, wanted.style.line());
    if (!(had.foreground() == wanted.style.foreground()))
        add_color(to, wanted.style.foreground(), 30);
    if (!(had.background() == wanted.style.background()))
        add_color(to, wanted.style.background(), 40);
    if (!(from.underline == wanted.underline))
        add_underline_color(to, wanted.underline);
}

}  // namespace

void append_sgr_change(output_buffer& to, sgr_look const& from, sgr_look const& wanted)
{
    if (from == wanted)
        return;
    if (wanted == sgr_look{.style = wanted.style.reset(), .underline = {}}) {
        if (!(from == sgr_look{.style = from.style.reset(), .underline = {}}))
            to += "\x1b[m";
        return;
    }
    number_list changes;
    add_changes(changes, from, wanted);
    auto shortest = changes.text();
    if (shortest.empty())
        return;
    number_list anew;
    if (shortest.size() > shortest_reset && !(from == sgr_look())) {
        anew << 0;
        add_changes(anew, {}, wanted);
        if (anew.text().size() < shortest.size())
            shortest = anew.text();
    }
    to += "\x1b[";
    to += shortest;
    to += 'm';
}

}  // namespace tendril::term::detail
