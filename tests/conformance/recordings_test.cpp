#include <tendril/base/file.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/terminal.hpp>

#include <algorithm>
#include <filesystem>
#include <random>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// What a real program wrote, and the screen it must leave.
struct recording {
    std::string name;
    std::string bytes;
    std::string screen;
    term::grid_size size;
};

std::vector<recording> all_recordings()
{
    std::vector<recording> found;
    for (auto const& each : std::filesystem::directory_iterator("conformance/recordings")) {
        auto const read = [&](char const* name) {
            auto text = base::read_file((each.path() / name).string(), 1 << 20);
            REQUIRE_MESSAGE(text.has_value(), each.path().string(), "/", name);
            return *text;
        };
        std::istringstream size(read("size"));
        recording one{each.path().filename().string(), read("bytes"), read("screen.txt"), {}};
        char cross = 0;
        size >> one.size.columns >> cross >> one.size.rows;
        found.push_back(std::move(one));
    }
    return found;
}

std::string screen_of(term::terminal const& t)
{
    std::string text;
    for (auto const& line : t.dump())
        text += line + "\n";
    return text;
}

TEST_CASE("T08: what real programs wrote leaves the screen they meant")
{
    auto const recordings = all_recordings();
    REQUIRE(recordings.size() >= 6);
    for (auto const& each : recordings) {
        CAPTURE(each.name);
        term::terminal t(each.size);
        t.feed(base::bytes_of(each.bytes));
        CHECK(screen_of(t) == each.screen);
    }
}

TEST_CASE("T01: recordings give the same state bytewise and in random cuts")
{
    std::mt19937 random(11);
    for (auto const& each : all_recordings()) {
        CAPTURE(each.name);
        term::terminal whole(each.size);
        term::terminal bytewise(each.size);
        term::terminal cut(each.size);
        whole.feed(base::bytes_of(each.bytes));
        std::string_view rest = each.bytes;
        for (std::size_t i = 0; i < rest.size(); ++i)
            bytewise.feed(base::bytes_of(rest.substr(i, 1)));
        while (!rest.empty()) {
            auto const count = std::min<std::size_t>(1 + random() % 200, rest.size());
            cut.feed(base::bytes_of(rest.substr(0, count)));
            rest.remove_prefix(count);
        }
        auto const wanted = term::to_json(whole, term::line_detail::cells);
        CHECK(term::to_json(bytewise, term::line_detail::cells) == wanted);
        CHECK(term::to_json(cut, term::line_detail::cells) == wanted);
    }
}

}  // namespace
