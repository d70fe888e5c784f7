#include <tendril/expect/testing/noting_queue.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::expect;
using tendril::base::bytes_of;
using tendril::expect::testing::raw;
using tendril::expect::testing::strings;

/// Which lapse each of some expectations had.
struct lapses {
    queue waiting;
    strings told;
    queue::clock::time_point start = queue::clock::now();

    void expect(std::string const& name, int seconds, standing as = standing::required)
    {
        auto const lapsed = [this, name](lapse why) {
            told.push_back(name + (why == lapse::ended ? " ended" : " timed out"));
        };
        REQUIRE(waiting.expect({*pattern::exact(name)}, [this, name](match const&) { told.push_back(name); },
                               {.from = source::stream,
                                .as = as,
                                .deadline = start + std::chrono::seconds(seconds),
                                .on_lapse = lapsed}));
    }
};

TEST_CASE("X13: the end of the output is an alternative like the others")
{
    queue waiting;
    std::vector<std::size_t> which;
    for (int i = 0; i < 2; ++i)
        REQUIRE(waiting.expect(
            {*pattern::exact("more"), pattern::end()},
            [&](match const& m) { which.push_back(m.alternative); }, raw));

    waiting.on_stream(bytes_of("more"));
    waiting.on_end();

    CHECK(which == std::vector<std::size_t>{0, 1});
}

TEST_CASE("X06: an expectation is given up at its deadline, also while it waits for its turn; a sticky one "
          "never is")
{
    lapses f;
    f.expect("first", 5);
    f.expect("second", 2);
    f.expect("sticky", 1, standing::sticky);
    CHECK(f.waiting.next_deadline() == f.start + std::chrono::seconds(2));

    f.waiting.on_time(f.start + std::chrono::seconds(2));
    CHECK(f.told == strings{"second timed out"});
    f.waiting.on_time(f.start + std::chrono::seconds(9));
    f.waiting.on_stream(bytes_of("sticky"));

    CHECK(f.told == strings{"second timed out", "first timed out", "sticky"});
    CHECK_FALSE(f.waiting.next_deadline());
}

TEST_CASE("X06: when the first is given up the next gets its turn, from where it was registered")
{
    lapses f;
    f.expect("first", 1);
    f.expect("second", 5);
    f.waiting.on_stream(bytes_of("second"));
    CHECK(f.told.empty());

    f.waiting.on_time(f.start + std::chrono::seconds(1));

    CHECK(f.told == strings{"first timed out", "second"});
}

TEST_CASE("X13: the deadline is an alternative like the others")
{
    queue waiting;
    std::optional<std::size_t> which;
    REQUIRE(waiting.expect({*pattern::exact("a"), pattern::timeout()},
                           [&](match const& m) { which = m.alternative; },
                           {.deadline = queue::clock::time_point{}}));

    waiting.on_time(queue::clock::now());

    CHECK(which == 1);
}

TEST_CASE("X06: what still waits when the output ends is given up, once")
{
    lapses f;
    f.expect("first", 1);
    f.expect("second", 2, standing::optional);
    f.expect("sticky", 3, standing::sticky);

    f.waiting.on_end();
    f.waiting.on_end();

    CHECK(f.told == strings{"first ended", "second ended"});
    CHECK(f.waiting.satisfied());
}

TEST_CASE("X08: checking now gives the first up and forgets the others")
{
    lapses f;
    f.expect("first", 5);
    f.expect("second", 5);

    f.waiting.give_up_first();

    CHECK(f.told == strings{"first timed out"});
    CHECK(f.waiting.satisfied());
}

}  // namespace
