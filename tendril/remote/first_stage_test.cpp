#include <tendril/remote/first_stage.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;

first_stage_request largest()
{
    std::string const hash(64, 'f');
    return {.nonce = "0123456789abcdef",
            .name = "web1",
            .word = "context",
            .hashes = {{"aarch64", hash}, {"x86_64", hash}},
            .sent_blindly = 65536,
            .keep = caching::on};
}

TEST_CASE("K01: a first stage is one line below 2 KB that csh takes as it is")
{
    auto const line = first_stage(largest());

    CHECK(line.size() <= 2000);
    CHECK(line.find_first_of("\n!") == std::string::npos);
    CHECK(line.starts_with("exec sh -c '"));
    CHECK(line.find('\'', 12) == line.size() - 1);
}

TEST_CASE("K01: a first stage holds no marker, so that an echo of it is not taken for its answer")
{
    CHECK(first_stage(largest()).find("TENDRIL<0123456789abcdef") == std::string::npos);
}

TEST_CASE("K01: the head of a program is one line")
{
    CHECK(image_header(1, 2) == "1 2\n");
}

TEST_CASE("K01: plain words are what no shell changes")
{
    for (auto const* word : {"web1", "db.example.org:22", "a@b", "x=1,y/2", "_-+"})
        CHECK(is_plain_word(word));
    for (auto const* word :
         {"", "a b", "it's", "a\"b", "a\\b", "$x", "`x`", "a;b", "wow!", "t\xc3\xbcr", "a\nb", "*", "~"})
        CHECK_FALSE(is_plain_word(word));
    CHECK_FALSE(is_plain_word(std::string(129, 'x')));
}

}  // namespace
