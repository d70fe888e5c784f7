#include <tendril/record/golog.hpp>
#include <tendril/record/gzip.hpp>
#include <tendril/record/recording_reader.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;

std::string const separator(golog_separator);

/// As Gate One writes it: the file is opened anew for every frame, so that each is a member.
std::string gate_one_log()
{
    std::string file;
    for (auto const& frame :
         {std::string(
              R"(1360000000000:{"rows": 30, "version": "1.0", "term_id": 2, "start_date": "1360000000000",)"
              R"( "columns": 100, "ip_address": "10.0.0.7"})"),
          std::string("1360000000250:login: "), std::string("1360000001000:\x1b[1mroot\x1b[m\r\n")})
        file += gzip_member(frame + separator);
    return file;
}

tendril::result<recording> read(std::string_view file)
{
    recording_reader reader("demo.golog");
    return read_all(reader, file);
}

TEST_CASE("L02: a log of Gate One is read: metadata, times, bytes")
{
    auto const got = read(gate_one_log()).value();

    CHECK(got.warnings.empty());
    CHECK(got.head.size == screen_size{100, 30});
    CHECK(got.head.began->time_since_epoch() == 1360000000s);
    CHECK(got.head.more.at("ip_address") == "10.0.0.7");
    CHECK(got.head.more.at("term_id") == "2");
    CHECK(got.events == std::vector<event>{{250ms, event_kind::output, "login: "},
                                           {1s, event_kind::output, "\x1b[1mroot\x1b[m\r\n"}});
}

TEST_CASE("L02: old logs say cols, and logs without metadata are read as 80x24 with a warning")
{
    auto const old = read("1360000000000:{\"cols\": 90, \"rows\": 20}" + separator).value();
    auto const bare = read("1360000000000:hello" + separator + "1360000000500:you" + separator).value();

    CHECK(old.head.size == screen_size{90, 20});
    CHECK(bare.head.size == screen_size{80, 24});
    CHECK(bare.warnings.size() == 1);
    CHECK(bare.events ==
          std::vector<event>{{0ms, event_kind::output, "hello"}, {500ms, event_kind::output, "you"}});
}

TEST_CASE("L02: output of Gate One that holds the separator is put together again")
{
    auto const got = read("1360000000000:{\"rows\":24,\"columns\":80}" + separator + "1360000000100:a" +
                          separator + "b" + separator)
                         .value();

    std::string text;
    for (auto const& each : got.events)
        text += each.text;
    CHECK(text == "a" + separator + "b");
}

TEST_CASE("L02: a log cut off anywhere gives every whole frame before the cut")
{
    auto const whole = gate_one_log();
    std::size_t most = 0;
    for (std::size_t cut = 60; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        auto const got = read(whole.substr(0, cut));
        if (!got)
            continue;  // inside the first member
        for (std::size_t n = 0; n < got->events.size(); ++n)
            CHECK(got->events[n].text == (n == 0 ? "login: " : "\x1b[1mroot\x1b[m\r\n"));
        CHECK(got->events.size() >= most);
        most = got->events.size();
    }
    CHECK(most == 2);  // the frame is whole before the checksum that ends its member
}

TEST_CASE("L02: after a member that a crash cut off, the next one is found and the loss is said")
{
    auto const first = gzip_member("1360000000000:{\"rows\":24,\"columns\":80}" + separator);
    auto const torn = gzip_member("1360000000100:" + std::string(5000, 'x') + "lost" + separator);
    auto const last = gzip_member("1360000000200:kept" + separator);

    auto const got = read(first + torn.substr(0, torn.size() / 2) + last).value();

    REQUIRE_FALSE(got.events.empty());
    CHECK(got.events.back().text == "kept");
    CHECK_FALSE(got.warnings.empty());
}

TEST_CASE("L02: times that run backwards or are absurd are put right with a warning")
{
    auto const got = read("1360000000000:{\"rows\":24,\"columns\":80}" + separator + "1360000005000:a" +
                          separator + "1360000001000:b" + separator + "999999999999999:c" + separator)
                         .value();

    CHECK(got.events[1].time == 5s);
    CHECK(got.events[2].time == longest_recording);
    CHECK(got.warnings.size() == 2);
}

TEST_CASE("L02: a gzip file that unpacks to a thousand times its size is read in bounded memory")
{
    // 64 MiB without a separator: the reader must give up at one frame's limit, not hold it all.
    std::string bomb =
        gzip_member("1360000000000:{\"rows\":24,\"columns\":80}" + separator + "1360000000100:");
    auto const zeros = gzip_member(std::string(4 * 1024 * 1024, '\0'), 9);
    for (int n = 0; n < 16; ++n)
        bomb += zeros;
    CHECK(bomb.size() < 100'000);

    auto const got = read(bomb);

    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().message() == "cannot read demo.golog, frame 2: it is too long");
}

}  // namespace
