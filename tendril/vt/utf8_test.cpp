#include <tendril/vt/utf8.hpp>

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

TEST_CASE("T08: well-formed UTF-8 of every length stays what it is")
{
    std::string const text = "a\u00e9\u20ac\U0001F600\U0010FFFF";

    CHECK(vt::repaired_utf8(text) == text);
}

TEST_CASE("T08: each maximal subpart of ill-formed UTF-8 becomes one U+FFFD")
{
    std::string const r = "\uFFFD";

    CHECK(vt::repaired_utf8("\xC0\x80") == r + r);                  // overlong
    CHECK(vt::repaired_utf8("\xED\xA0\x80") == r + r + r);          // a surrogate
    CHECK(vt::repaired_utf8("\xF4\x90\x80\x80") == r + r + r + r);  // beyond U+10FFFF
    CHECK(vt::repaired_utf8("\xE2\x82"
                            "x") == r + "x");       // a cut character is one
    CHECK(vt::repaired_utf8("\xF0\x9F\x98") == r);  // at the end too
    CHECK(vt::repaired_utf8("\xE2\xE2\x82\xAC") == r + "\u20ac");
    CHECK(vt::repaired_utf8("\x80\xFF") == r + r);
}

TEST_CASE("T08: what is no scalar value is encoded as U+FFFD")
{
    std::string text;
    vt::append_utf8(text, 0xD800);
    vt::append_utf8(text, 0x110000);

    CHECK(text == "\uFFFD\uFFFD");
}

}  // namespace
