#include <tendril/term/key.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::term;
using namespace tendril::term::modifier;

/// What @p setup must make a key send.
struct expectation {
    char const* setup;
    key_event event;
    char const* bytes;
};

terminal after(std::string_view setup)
{
    terminal t;
    t.feed(base::bytes_of(setup));
    return t;
}

key_event typed(char32_t character, unsigned modifiers = 0, key_action action = key_action::press)
{
    return {.character = character, .modifiers = modifiers, .action = action};
}

key_event named(key name, unsigned modifiers = 0, key_action action = key_action::press)
{
    return {.name = name, .modifiers = modifiers, .action = action};
}

void check(std::vector<expectation> const& table)
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        CAPTURE(i);
        CHECK(key_bytes(after(table[i].setup), table[i].event) == std::string(table[i].bytes));
    }
}

TEST_CASE("T08: characters send themselves, shifted if need be")
{
    check({{"", typed(U'a'), "a"},
           {"", typed(U'a', shift), "A"},
           {"", {.character = U'1', .modifiers = shift, .shifted = U'!'}, "!"},
           {"", {.character = U'e', .text = U"é"}, "\xc3\xa9"},
           {"", typed(0x4E00), "\xe4\xb8\x80"},
           {"", typed(U'a', caps_lock | num_lock), "a"},
           {"", typed(U'a', 0, key_action::repeat), "a"},
           {"", typed(U'a', 0, key_action::release), ""},
           {"\x1b[2h", typed(U'a'), ""}});
}

TEST_CASE("T08: Control gives control characters where there are some")
{
    check({{"", typed(U'a', control), "\x01"},
           {"", typed(U'z', control), "\x1a"},
           {"", typed(U'a', control | shift), "\x01"},
           {"", typed(U'[', control), "\x1b"},
           {"", typed(U'\\', control), "\x1c"},
           {"", typed(U'3', control), "\x1b"},
           {"", typed(U'8', control), "\x7f"},
           {"", typed(U'/', control), "\x1f"},
           {"", typed(U'1', control), "1"},
           {"", typed(U'c', control | alt), "\x1b\x03"}});
    CHECK(key_bytes(terminal(), typed(U' ', control)) == std::string(1, '\0'));
}

TEST_CASE("T08: Alt is ESC, the eighth bit or nothing")
{
    check({{"", typed(U'x', alt), "\x1bx"},
           {"", named(key::enter, alt), "\x1b\r"},
           {"", named(key::backspace, alt), "\x1b\x7f"},
           {"\x1b[?1036;1039l", typed(U'x', alt), "x"},
           {"\x1b[?1036;1039l\x1b[?1034h", typed(U'x', alt), "\xc3\xb8"},
           {"\x1b[?1036l", typed(U'x', alt), "\x1bx"}});
}

TEST_CASE("T08: Enter, Tab, Backspace and Escape")
{
    check({{"", named(key::enter), "\r"},
           {"\x1b[20h", named(key::enter), "\r\n"},
           {"", named(key::tab), "\t"},
           {"", named(key::tab, shift), "\x1b[Z"},
           {"", named(key::backspace), "\x7f"},
           {"", named(key::backspace, control), "\b"},
           {"\x1b[?67h", named(key::backspace), "\b"},
           {"\x1b[?67h", named(key::backspace, control), "\x7f"},
           {"", named(key::escape), "\x1b"},
           {"", named(key::erase), "\x1b[3~"},
           {"\x1b[?1037h", named(key::erase), "\x7f"}});
}

TEST_CASE("T08: cursor keys follow DECCKM, and say their modifiers")
{
    check({{"", named(key::up), "\x1b[A"},
           {"\x1b[?1h", named(key::up), "\x1bOA"},
           {"\x1b[?1h", named(key::home), "\x1bOH"},
           {"", named(key::end), "\x1b[F"},
           {"\x1b[?1h", named(key::left, control), "\x1b[1;5D"},
           {"", named(key::right, shift | alt), "\x1b[1;4C"},
           {"", named(key::down, meta), "\x1b[1;9B"},
           {"", named(key::begin), "\x1b[E"}});
}

TEST_CASE("T08: function and editing keys")
{
    check({{"", named(function_key(1)), "\x1bOP"},
           {"", named(function_key(4)), "\x1bOS"},
           {"", named(function_key(3), control), "\x1b[1;5R"},
           {"", named(function_key(5)), "\x1b[15~"},
           {"", named(function_key(6)), "\x1b[17~"},
           {"", named(function_key(11)), "\x1b[23~"},
           {"", named(function_key(12), shift), "\x1b[24;2~"},
           {"", named(function_key(13)), "\x1b[25~"},
           {"", named(function_key(20)), "\x1b[34~"},
           {"", named(function_key(21)), ""},
           {"", named(key::insert), "\x1b[2~"},
           {"", named(key::page_up), "\x1b[5~"},
           {"", named(key::page_down, alt), "\x1b[6;3~"},
           {"", named(key::caps_lock), ""},
           {"", named(key::left_shift), ""}});
}

TEST_CASE("T08: the keypad types, or sends its own codes in application mode")
{
    check({{"", named(key::keypad_0), "0"},
           {"", named(key::keypad_divide), "/"},
           {"", named(key::keypad_enter), "\r"},
           {"\x1b=", named(key::keypad_0), "\x1bOp"},
           {"\x1b=", named(key::keypad_9), "\x1bOy"},
           {"\x1b=", named(key::keypad_enter), "\x1bOM"},
           {"\x1b=", named(key::keypad_separator), "\x1bOl"},
           {"\x1b=", named(key::keypad_equal), "\x1bOX"},
           {"\x1b=", named(key::keypad_0, num_lock), "0"},
           {"", named(key::keypad_left), "\x1b[D"},
           {"\x1b[?1h", named(key::keypad_home), "\x1bOH"}});
}

TEST_CASE("T08: modifyOtherKeys 1 tells what has no control character, 2 tells everything modified")
{
    check({{"\x1b[>4;1m", typed(U'a', control), "\x01"},
           {"\x1b[>4;1m", typed(U'.', control), "\x1b[27;5;46~"},
           {"\x1b[>4;1m", typed(U'x', alt), "\x1bx"},
           {"\x1b[>4;1m", named(key::enter, control), "\x1b[27;5;13~"},
           {"\x1b[>4;1m", named(key::tab, control), "\t"},
           {"\x1b[>4;2m", typed(U'a', control), "\x1b[27;5;97~"},
           {"\x1b[>4;2m", typed(U'a', control | shift), "\x1b[27;6;65~"},
           {"\x1b[>4;2m", typed(U'x', alt), "\x1b[27;3;120~"},
           {"\x1b[>4;2m", typed(U'a', shift), "A"},
           {"\x1b[>4;2m", typed(U'a'), "a"},
           {"\x1b[>4;2m", named(key::tab, control), "\x1b[27;5;9~"},
           {"\x1b[>4;2m", named(key::tab, shift), "\x1b[Z"},
           {"\x1b[>4;2m", named(key::backspace, control), "\x1b[27;5;127~"},
           {"\x1b[>4;2m", named(key::escape, shift), "\x1b[27;2;27~"},
           {"\x1b[>4;2m\x1b[>4;1f", typed(U'a', control), "\x1b[97;5u"},
           {"\x1b[>4;2m\x1b[>4m", typed(U'a', control), "\x01"}});
}

TEST_CASE("T08: kitty flag 1 makes every key unambiguous and leaves text alone")
{
    check({{"\x1b[>1u", typed(U'a'), "a"},
           {"\x1b[>1u", typed(U'a', shift), "A"},
           {"\x1b[>1u", typed(U'a', control), "\x1b[97;5u"},
           {"\x1b[>1u", typed(U'a', alt | num_lock), "\x1b[97;131u"},
           {"\x1b[>1u", named(key::escape), "\x1b[27u"},
           {"\x1b[>1u", named(key::enter), "\r"},
           {"\x1b[>1u", named(key::enter, shift), "\x1b[13;2u"},
           {"\x1b[>1u", named(key::tab, shift), "\x1b[9;2u"},
           {"\x1b[>1u", named(key::backspace), "\x7f"},
           {"\x1b[?1h\x1b[>1u", named(key::up), "\x1b[A"},
           {"\x1b[>1u", named(key::up, super), "\x1b[1;9A"},
           {"\x1b[>1u", named(function_key(1)), "\x1b[P"},
           {"\x1b[>1u", named(function_key(3)), "\x1b[13~"},
           {"\x1b[>1u", named(function_key(35)), "\x1b[57398u"},
           {"\x1b[>1u", named(static_cast<key>(static_cast<int>(key::keypad_0) + 5)), "5"}});
}

TEST_CASE("T08: kitty flags 2, 4, 8 and 16 tell more, each what it is for")
{
    check({{"\x1b[>3u", typed(U'a', control, key_action::release), "\x1b[97;5:3u"},
           {"\x1b[>3u", typed(U'a', control, key_action::repeat), "\x1b[97;5:2u"},
           {"\x1b[>3u", typed(U'a', 0, key_action::release), "\x1b[97;1:3u"},
           {"\x1b[>3u", named(key::enter, 0, key_action::release), ""},
           {"\x1b[>11u", named(key::enter, 0, key_action::release), "\x1b[13;1:3u"},
           {"\x1b[>1u", typed(U'a', control, key_action::release), ""},
           {"\x1b[>5u", {.character = U'a', .modifiers = control | shift, .shifted = U'A'}, "\x1b[97:65;6u"},
           {"\x1b[>5u", {.character = 0x444, .modifiers = control, .base_layout = U'a'}, "\x1b[1092::97;5u"},
           {"\x1b[>8u", typed(U'a'), "\x1b[97u"},
           {"\x1b[>8u", typed(U'a', shift), "\x1b[97;2u"},
           {"\x1b[>8u", named(key::left_shift, shift), "\x1b[57441;2u"},
           {"\x1b[>1u", named(key::left_shift, shift), ""},
           {"\x1b[>24u", typed(U'a', shift), "\x1b[97;2;65u"},
           {"\x1b[>24u", typed(U'a'), "\x1b[97;;97u"},
           {"\x1b[>24u", {.character = U'e', .text = U"e\u0301"}, "\x1b[101;;101:769u"},
           {"\x1b[>26u", typed(U'a', 0, key_action::release), "\x1b[97;1:3u"},
           {"\x1b[>1u\x1b[<u", typed(U'a', control), "\x01"}});
}

TEST_CASE("T08: a function key with Shift sends what DECUDK defined, until the keys are locked or cleared")
{
    key_event const shifted_f6{.name = function_key(6), .modifiers = shift};
    key_event const shifted_f20{.name = function_key(20), .modifiers = shift};
    auto const both = after("\x1bP0;1|17/4142;34/1b5b41\x1b\\");

    CHECK(key_bytes(both, shifted_f6) == "AB");
    CHECK(key_bytes(both, shifted_f20) == "\x1b[A");
    CHECK(key_bytes(both, {.name = function_key(6)}) == "\x1b[17~");
    CHECK(key_bytes(after("\x1bP0;1|17/41\x1b\\\x1bP1;1|18/42\x1b\\"), shifted_f6) == "A");
    CHECK(key_bytes(after("\x1bP0;1|17/41\x1b\\\x1bP0;1|18/42\x1b\\"), shifted_f6) == "\x1b[17;2~");
    CHECK(key_bytes(after("\x1bP0|17/41\x1b\\\x1bP0;1|17/42\x1b\\"), shifted_f6) == "A");
    CHECK(key_bytes(after("\x1bP0;1|17/41\x1b\\\x1bP1;1|17/\x1b\\"), shifted_f6) == "\x1b[17;2~");
    CHECK(key_bytes(after("\x1bP0;1|17/41\x1b\\\x1b"
                          "c"),
                    shifted_f6) == "\x1b[17;2~");
    CHECK(key_bytes(after("\x1bP0;1|11/41;17/4;18/42\x1b\\"), shifted_f6) == "\x1b[17;2~");
}

TEST_CASE("T08: what DECUDK defines is bounded")
{
    std::string long_key = "\x1bP0;1|17/";
    for (int i = 0; i < 805; ++i)
        long_key += "41";
    CHECK(key_bytes(after(long_key + "\x1b\\"), {.name = function_key(6), .modifiers = shift}) ==
          "\x1b[17;2~");
}

}  // namespace
