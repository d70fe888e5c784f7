#include <tendril/record/film_html.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril::record;
using namespace std::chrono_literals;
namespace json = boost::json;

std::string page_of(std::vector<event> events, std::string_view title = "t")
{
    header head;
    head.size = {20, 3};
    return film_html(timeline({head, std::move(events), {}}).frames(), title);
}

event output(moment when, std::string text)
{
    return {when, event_kind::output, std::move(text)};
}

json::value film_in(std::string_view page)
{
    constexpr std::string_view before = R"(id="film">)";
    auto const begin = page.find(before) + before.size();
    return json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

/// What the page's script shows at frame @p wanted.
std::vector<std::string> rows_at(json::value const& film, std::size_t wanted)
{
    std::vector<std::string> rows;
    for (std::size_t n = 0; n <= wanted; ++n) {
        auto const& frame = film.at("frames").at(n);
        rows.resize(frame.at("rows").to_number<std::size_t>());
        for (auto const& change : frame.at("lines").as_array())
            rows.at(change.at(0).to_number<std::size_t>()) =
                film.at("lines").at(change.at(1).to_number<std::size_t>()).as_string();
    }
    return rows;
}

TEST_CASE("L08: a page that plays has every frame with its time, and each line once")
{
    auto const film = film_in(
        page_of({output(0s, "one\r\n"), output(1s, "\x1b[31mtwo\x1b[m\r\n"), output(90s, "end\x1b[?25l")}));

    REQUIRE(film.at("frames").as_array().size() == 3);
    CHECK(film.at("frames").at(1).at("at").as_double() == doctest::Approx(1));
    CHECK(film.at("length").as_double() == doctest::Approx(3));  // idle time is cut to two seconds
    CHECK(rows_at(film, 0)[0] == "one");
    auto const last = rows_at(film, 2);
    CHECK(last[0] == "one");
    CHECK(last[1].find(">two</span>") != std::string::npos);
    CHECK(last[2] == "end");
}

TEST_CASE("L08: nothing that a program wrote becomes markup or script of the page")
{
    auto const page = page_of({output(0s, "</script><script>alert(1)</script>&\r\n")}, "<b>&\x1b[m</title>");

    CHECK(page.find("<script>alert") == std::string::npos);
    CHECK(page.find("<b>") == std::string::npos);
    CHECK(page.find("<title>&lt;b>&amp;[m&lt;/title></title>") != std::string::npos);
    CHECK(rows_at(film_in(page), 0)[0].find("&lt;/script&gt;") != std::string::npos);
}

}  // namespace
