#include <algorithm>
#include <random>

#include <doctest/doctest.h>
#include <tests/conformance/script.hpp>

namespace {

using namespace tendril;
using namespace tendril::conformance;

std::vector<script> all_scripts()
{
    std::vector<std::filesystem::path> paths;
    for (auto const& each : std::filesystem::directory_iterator("conformance"))
        if (each.path().extension() == ".vt")
            paths.push_back(each.path());
    std::sort(paths.begin(), paths.end());
    std::vector<script> scripts;
    for (auto const& path : paths)
        for (auto& each : read_scripts(path))
            scripts.push_back(std::move(each));
    return scripts;
}

void check(feeder const& feed)
{
    auto const scripts = all_scripts();
    REQUIRE(scripts.size() >= 60);
    for (auto const& each : scripts)
        for (auto const& problem : run(each, feed))
            FAIL_CHECK(problem);
}

TEST_CASE("T08: every conformance case holds when its bytes come whole")
{
    check([](term::terminal& to, std::string_view bytes) { to.feed(base::bytes_of(bytes)); });
}

TEST_CASE("T01: every conformance case holds when its bytes come one by one")
{
    check([](term::terminal& to, std::string_view bytes) {
        for (std::size_t i = 0; i < bytes.size(); ++i)
            to.feed(base::bytes_of(bytes.substr(i, 1)));
    });
}

TEST_CASE("T01: every conformance case holds however its bytes are cut")
{
    std::mt19937 random(7);
    for (int round = 0; round < 5; ++round) {
        check([&](term::terminal& to, std::string_view bytes) {
            while (!bytes.empty()) {
                auto const count = std::min<std::size_t>(1 + random() % 9, bytes.size());
                to.feed(base::bytes_of(bytes.substr(0, count)));
                bytes.remove_prefix(count);
            }
        });
    }
}

TEST_CASE("T08: a conformance case that does not hold is told with file, line and what was seen")
{
    script const wrong{
        "x.vt", "wrong", {{1, "size", {"5x2"}}, {2, "feed", {"ab"}}, {3, "line", {"0", "xy"}}}};

    auto const problems =
        run(wrong, [](term::terminal& to, std::string_view bytes) { to.feed(base::bytes_of(bytes)); });

    REQUIRE(problems.size() == 1);
    CHECK(problems.front() == "x.vt:3: wrong: line: got |ab|, expected |xy|");
}

}  // namespace
