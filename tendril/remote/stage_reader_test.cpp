#include <tendril/remote/stage_reader.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::remote;
using kind = stage_word::kind;

std::string text(std::vector<std::byte> const& bytes)
{
    return std::string(base::text_of(bytes));
}

TEST_CASE("K01: what a stage says is found wherever it stands and however it is cut")
{
    std::string const whole = "motd TENDRIL<0 run> TENDRIL<42 need gzip -dc:Linux x86_64>noise\nTENDRIL<42 "
                              "run>hello TENDRIL<42 run>";
    for (std::size_t piece = 1; piece <= whole.size(); ++piece) {
        CAPTURE(piece);
        stage_reader reader("42");
        std::vector<stage_word> said;
        for (std::size_t at = 0; at < whole.size(); at += piece) {
            reader.push(base::bytes_of(std::string_view(whole).substr(at, piece)));
            while (said.size() < 2) {
                auto word = reader.next();
                if (!word)
                    break;
                said.push_back(*word);
            }
        }
        REQUIRE(said.size() == 2);
        CHECK(said[0].what == kind::need);
        CHECK(said[0].rest == "gzip -dc:Linux x86_64");
        CHECK(said[1].what == kind::run);
        CHECK(text(reader.take_rest()) == "hello TENDRIL<42 run>");
        CHECK(reader.noise() == "motd TENDRIL<0 run> noise\n");
    }
}

TEST_CASE("K01: noise is bounded, and more than a mebibyte of it is too much")
{
    stage_reader reader("42");
    std::string const line = std::string(99, 'x') + '\n';
    for (int count = 0; count < 10'000; ++count) {
        reader.push(base::bytes_of(line));
        CHECK(!reader.next());
    }
    CHECK_FALSE(reader.flooded());
    CHECK(reader.noise().size() == 4096);
    for (int count = 0; count < 1000; ++count) {
        reader.push(base::bytes_of(line));
        CHECK(!reader.next());
    }
    CHECK(reader.flooded());
}

TEST_CASE("K01: a word that does not end is too much")
{
    stage_reader reader("42");
    reader.push(base::bytes_of("TENDRIL<42 fail " + std::string(20'000, 'x')));
    CHECK(!reader.next());
    CHECK(reader.flooded());
}

TEST_CASE("K01: words that came after us are told apart")
{
    stage_reader reader("42");
    reader.push(base::bytes_of("TENDRIL<42 sing a song>TENDRIL<42 machine Linux riscv64>"));
    CHECK(reader.next()->what == kind::unknown);
    auto const second = reader.next();
    CHECK(second->what == kind::machine);
    CHECK(second->rest == "Linux riscv64");
}

}  // namespace
