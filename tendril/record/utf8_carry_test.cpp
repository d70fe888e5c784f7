#include <tendril/record/utf8_carry.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using tendril::base::bytes_of;
using tendril::record::utf8_carry;

/// What comes out when @p bytes go in in pieces of @p size.
std::string fed(std::string_view bytes, std::size_t size)
{
    std::string text;
    utf8_carry carry;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size())))
        carry.push(bytes_of(bytes.substr(0, size)), text);
    carry.finish(text);
    return text;
}

TEST_CASE("L04: any chunking of the same bytes gives the same text")
{
    std::string_view const mixed = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"
                                   "\xff\xe2\x82z\xf0\x9f\xc3\xed\xa0\x80\xc0\xaf\xf4\x90\x80\x80\x80";

    for (std::size_t size = 1; size <= mixed.size(); ++size) {
        CAPTURE(size);
        CHECK(fed(mixed, size) == fed(mixed, mixed.size()));
    }
}

TEST_CASE("L04: valid text passes unchanged, and nothing is counted as replaced")
{
    std::string_view const text = "plain, gr\xc3\xbcn, \xe2\x82\xac, \xf0\x9f\x98\x80";
    std::string out;
    utf8_carry carry;

    carry.push(bytes_of(text), out);

    CHECK(out == text);
    CHECK(carry.replaced_bytes() == 0);
    CHECK_FALSE(carry.is_waiting());
}

TEST_CASE("L04: each part that can never become a character is replaced once and its bytes counted")
{
    std::string out;
    utf8_carry carry;

    carry.push(bytes_of("<\xff><\xe2\x82><\xed\xa0\x80>"), out);  // the last is a surrogate: three errors

    CHECK(out == "<\xef\xbf\xbd><\xef\xbf\xbd><\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd>");
    CHECK(carry.replaced_bytes() == 6);
}

TEST_CASE("L04: a character that never gets its rest is replaced at the end")
{
    std::string out;
    utf8_carry carry;

    carry.push(bytes_of("ab\xe2\x82"), out);
    CHECK(out == "ab");
    CHECK(carry.is_waiting());
    carry.finish(out);

    CHECK(out == "ab\xef\xbf\xbd");
    CHECK(carry.replaced_bytes() == 2);
}

}  // namespace
