#include <tendril/expect/redactor.hpp>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using expect::redactor;

redactor made(std::vector<std::string> const& texts, std::vector<std::string> const& expressions)
{
    auto built = redactor::make(texts, expressions, "*");
    REQUIRE_MESSAGE(built.has_value(), (built ? "" : built.error().message()));
    return std::move(*built);
}

std::string cut(redactor what, std::vector<std::string_view> const& pieces)
{
    std::string all;
    for (auto const piece : pieces)
        what.push(piece, all);
    what.finish(all);
    return all;
}

TEST_CASE("L09: a text is taken out wherever it stands, also across chunks, verbatim")
{
    auto const secret = made({"s3c.ret", "p\xc3\xa4ss"}, {});
    CHECK(secret.redacted("a s3c.ret b s3cxret") == "a * b s3cxret");
    CHECK(cut(secret, {"one s3", "c.", "ret two"}) == "one * two");
    CHECK(cut(secret, {"one s3c", "rap"}) == "one s3crap");
    CHECK(cut(secret, {"p\xc3", "\xa4ss!"}) == "*!");
    CHECK(cut(secret, {"ends s3c.re"}) == "ends s3c.re");
}

TEST_CASE("L09: what is certain is not held back")
{
    auto secret = made({"secret"}, {});
    std::string seen;
    secret.push("plain sec", seen);
    CHECK(seen == "plain ");
    secret.push("ond", seen);
    CHECK(seen == "plain second");
}

TEST_CASE("L09: expressions are taken out, with what stands before them in sight")
{
    auto const token = made({}, {"(?<=token=)\\w+", "[0-9]{4}-[0-9]{4}"});
    CHECK(token.redacted("token=abc123 x token = y 1234-5678") == "token=* x token = y *");
    CHECK(cut(token, {"token=", "ab", "c 12", "34", "-567", "8."}) == "token=* *.");
    CHECK(cut(token, {"tok", "en=", "abc"}) == "token=*");
}

TEST_CASE("L09: the same comes out however the output is cut, whatever its bytes")
{
    auto const what = made({"s3cret", "\xe2\x82\xac"
                                      "5"},
                           {"k=[a-f]+", "^root:.*$"});
    std::mt19937 random(1);
    std::vector<std::string_view> const words{
        "s3cret", "s3c", "\xe2\x82\xac", "5",        "k=",    "abc", "\r\n",
        "root:",  "x",   "\x80",         "\xff\xe2", "\x1b[m"};
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 12; ++i)
            text += words[random() % words.size()];
        auto const whole = what.redacted(text);
        std::vector<std::string_view> pieces;
        for (std::string_view rest = text; !rest.empty();) {
            auto const count = 1 + random() % rest.size();
            pieces.push_back(rest.substr(0, count));
            rest.remove_prefix(count);
        }
        CAPTURE(text);
        REQUIRE(cut(what, pieces) == whole);
    }
}

TEST_CASE("L09: what cannot be decided is taken out")
{
    auto const long_match = cut(made({}, {"BEGIN[^E]*END"}), {"a BEGIN", std::string(20'000, 'x'), "END b"});
    CHECK(long_match.starts_with("a *"));
    CHECK(long_match.size() < 16'000);
    auto const hostile = made({}, {"(x+x+)+y"}).redacted("start " + std::string(3000, 'x') + " end");
    CHECK(hostile.find("xxxxxxxx") == std::string::npos);
}

TEST_CASE("L09: an empty text, a broken expression and nothing at all are errors that say so")
{
    std::vector<std::string> const empty{""};
    std::vector<std::string> const broken{"a("};
    CHECK_FALSE(redactor::make(empty, {}).has_value());
    CHECK_FALSE(redactor::make({}, {}).has_value());
    auto const wrong = redactor::make({}, broken);
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().message().find("'a('") != std::string::npos);
}

}  // namespace
