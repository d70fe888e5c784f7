#include <tendril/expect/detail/class_reader.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace tendril::expect::detail {

namespace {

constexpr char32_t kelvin_sign = 0x212A;  // the other lower case k of Unicode
constexpr char32_t long_s = 0x017F;       // and the other upper case s

character_set set_of(std::initializer_list<code_range> ranges)
{
    character_set set;
    for (auto const& one : ranges)
        set.add(one.first, one.last);
    return set;
}

character_set word_characters()
{
    return set_of({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
}

character_set horizontal_spaces()
{
    return set_of({{'\t', '\t'},
                   {' ', ' '},
                   {0xA0, 0xA0},
                   {0x1680, 0x1680},
                   {0x180E, 0x180E},
                   {0x2000, 0x200A},
                   {0x202F, 0x202F},
                   {0x205F, 0x205F},
                   {0x3000, 0x3000}});
}

/// The POSIX classes in the C locale; empty for a name that is none.
character_set posix_class(std::string_view name)
{
    std::array<std::pair<std::string_view, character_set>, 14> const classes{{
        {"alnum", set_of({{'0', '9'}, {'A', 'Z'}, {'a', 'z'}})},
        {"alpha", set_of({{'A', 'Z'}, {'a', 'z'}})},
        {"ascii", set_of({{0, 0x7F}})},
        {"blank", set_of({{'\t', '\t'}, {' ', ' '}})},
        {"cntrl", set_of({{0, 0x1F}, {0x7F, 0x7F}})},
        {"digit", set_of({{'0', '9'}})},
        {"graph", set_of({{'!', '~'}})},
        {"lower", set_of({{'a', 'z'}})},
        {"print", set_of({{' ', '~'}})},
        {"punct", set_of({{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}})},
        {"space", set_of({{'\t', '\r'}, {' ', ' '}})},
        {"upper", set_of({{'A', 'Z'}})},
        {"word", word_characters()},
        {"xdigit", set_of({{'0', '9'}, {'A', 'F'}, {'a', 'f'}})},
    }};
    auto const found = std::ranges::find(classes, name, [](auto const& one) { return one.first; });
    return found == classes.end() ? character_set{} : found->second;
}

/// [:name:], the first bracket being there still. False when there is none.
bool read_posix_class(expression_cursor& in, character_set& into, bool caseless)
{
    auto const end = in.rest().find(":]");
    if (!in.rest().starts_with("[:") || end == std::string_view::npos)
        return false;
    auto name = in.rest().substr(2, end - 2);
    bool const negated = name.starts_with('^');
    if (negated)
        name.remove_prefix(1);
    if (caseless && (name == "upper" || name == "lower"))
        name = "alpha";
    auto set = posix_class(name);
    if (set.ranges().empty())
        return false;
    if (negated)
        set.complement();
    into.add(set);
    in.take(in.rest().substr(0, end + 2));
    return true;
}

int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return 16;
}

char32_t read_number(expression_cursor& in, int base, std::size_t most)
{
    char32_t value = 0;
    for (std::size_t i = 0; i < most && !in.at_end() && digit_value(in.peek()) < base; ++i)
        value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit_value(in.peek())),
        in.next();
    return value;
}

/// The end of a range, or the one character of a class: `\b` is a backspace here.
char32_t read_class_character(expression_cursor& in)
{
    if (!in.take('\\'))
        return in.next();
    return in.take('b') ? U'\b' : read_character_escape(in);
}

}  // namespace

bool expression_cursor::take(std::string_view expected)
{
    if (!rest_.starts_with(expected))
        return false;
    rest_.remove_prefix(expected.size());
    return true;
}

char32_t expression_cursor::next()
{
    if (rest_.empty())
        return 0;
    auto const lead = static_cast<std::uint8_t>(rest_.front());
    std::size_t const length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t scalar = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length && i < rest_.size(); ++i)
        scalar = scalar << 6 | (static_cast<std::uint8_t>(rest_[i]) & 0x3FU);
    rest_.remove_prefix(std::min(length, rest_.size()));
    return scalar;
}

void expression_cursor::add(character_set& to, char32_t first, char32_t last, bool caseless)
{
    to.add(first, last);
    if (!caseless)
        return;
    if (last >= 0x80)
        regular = false;  // the cases of all scripts are a table that only PCRE2 has
    for (auto upper = std::max<char32_t>(first, 'A'); upper <= std::min<char32_t>(last, 'Z'); ++upper)
        to.add(upper + 32, upper + 32);
    for (auto lower = std::max<char32_t>(first, 'a'); lower <= std::min<char32_t>(last, 'z'); ++lower)
        to.add(lower - 32, lower - 32);
    auto const holds = [&](char32_t letter) { return first <= letter && letter <= last; };
    if (holds('k') || holds('K'))
        to.add(kelvin_sign, kelvin_sign);
    if (holds('s') || holds('S'))
        to.add(long_s, long_s);
}

bool read_class_escape(expression_cursor& in, character_set& into)
{
    character_set set;
    switch (in.peek()) {
    case 'd':
    case 'D':
        set = set_of({{'0', '9'}});
        break;
    case 'w':
    case 'W':
        set = word_characters();
        break;
    case 's':
    case 'S':
        set = posix_class("space");
        break;
    case 'h':
    case 'H':
        set = horizontal_spaces();
        break;
    default:
        return false;
    }
    if (in.peek() < 'a')
        set.complement();
    into.add(set);
    in.next();
    return true;
}

char32_t read_character_escape(expression_cursor& in)
{
    auto const letter = in.next();
    switch (letter) {
    case 'a':
        return 0x07;
    case 'e':
        return 0x1B;
    case 'f':
        return 0x0C;
    case 'n':
        return 0x0A;
    case 'r':
        return 0x0D;
    case 't':
        return 0x09;
    case '0':
        return read_number(in, 8, 2);
    case 'c':
        return (in.peek() >= 'a' && in.peek() <= 'z' ? in.next() - 32 : in.next()) ^ 0x40;
    case 'x':
        if (in.take('{')) {
            auto const value = read_number(in, 16, 8);
            in.regular = in.regular && in.take('}');
            return value;
        }
        return read_number(in, 16, 2);
    default:
        break;
    }
    bool const word = letter < 0x80 && digit_value(static_cast<char>(letter)) < 10;
    bool const alphabetic = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    if (word || alphabetic)
        in.regular = false;  // a back-reference, a property, or something newer than this
    return letter;
}

character_set read_bracket_class(expression_cursor& in, bool caseless)
{
    character_set set;
    bool const negated = in.take('^');
    bool first = true;
    while (in.regular && !in.at_end() && (first || in.peek() != ']')) {
        first = false;
        if (in.rest().starts_with("\\Q") || in.rest().starts_with("\\E") || in.rest().starts_with("\\N") ||
            in.rest().starts_with("\\v") || in.rest().starts_with("\\V")) {
            in.regular = false;
            break;
        }
        if (read_posix_class(in, set, caseless))
            continue;
        auto const before = in;
        if (in.take('\\') && read_class_escape(in, set))
            continue;
        in = before;
        auto const low = read_class_character(in);
        auto high = low;
        auto const ahead = in;
        if (in.take('-')) {
            auto const classlike = in;
            character_set ignored;
            if (in.peek() == ']' || (in.take('\\') && read_class_escape(in, ignored)) ||
                read_posix_class(in, ignored, caseless)) {
                in = ahead;  // the hyphen stands for itself
            } else {
                in = classlike;
                high = read_class_character(in);
            }
        }
        in.add(set, low, high, caseless);
    }
    in.regular = in.regular && in.take(']');
    if (negated)
        set.complement();
    return set;
}

}  // namespace tendril::expect::detail
