#include <tendril/term/json.hpp>
#include <tendril/term/snapshot.hpp>
#include <tendril/term/terminal.hpp>

#include <random>
#include <string>

#include <doctest/doctest.h>
#include <tests/conformance/soup.hpp>

namespace {

using namespace tendril;
using conformance::soup_of;

std::string told(term::terminal& t)
{
    auto const replies = t.take_replies();
    auto const events = t.take_events();
    return term::to_json(t, term::line_detail::cells, replies, events);
}

term::grid_size random_size(std::mt19937& random)
{
    return {static_cast<std::uint16_t>(1 + random() % 20), static_cast<std::uint16_t>(1 + random() % 8)};
}

TEST_CASE("T12: random output, cut anywhere: the restored terminal is the same and goes on the same")
{
    std::mt19937 random(12);
    for (int round = 0; round < 400; ++round) {
        auto const soup = soup_of(random, 100);
        auto const rest = soup_of(random, 20);
        auto const cut = random() % (soup.size() + 1);
        term::terminal_limits const limits{.history_lines = 20};
        term::terminal on(random_size(random), limits);
        on.feed(base::bytes_of(std::string_view(soup).substr(0, cut)));
        static_cast<void>(told(on));
        auto const bytes = term::to_snapshot(on);
        auto restored = term::from_snapshot(bytes, limits);
        CAPTURE(soup);
        CAPTURE(cut);
        REQUIRE(restored.has_value());
        REQUIRE(told(*restored) == told(on));
        for (auto const& more : {std::string(std::string_view(soup).substr(cut)), rest}) {
            CAPTURE(more);
            on.feed(base::bytes_of(more));
            restored->feed(base::bytes_of(more));
            REQUIRE(told(*restored) == told(on));
        }
        on.resize({9, 5});
        restored->resize({9, 5});
        REQUIRE(told(*restored) == told(on));
    }
}

}  // namespace
