#include <tendril/term/json.hpp>

#include <string_view>

#include <boost/json.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
namespace json = boost::json;

json::value told(std::string_view bytes, term::line_detail detail = term::line_detail::cells)
{
    term::terminal t({10, 2});
    t.feed(base::bytes_of(bytes));
    auto const replies = t.take_replies();
    auto const events = t.take_events();
    return json::parse(term::to_json(t, detail, replies, events));
}

std::string shown(json::value const& value)
{
    return json::serialize(value);
}

TEST_CASE("T03: the object says size, cursor, titles, screen kind, modes, lines, replies and events")
{
    auto const whole = told("one\r\ntwo \r\nthree\x1b[?1049h\x1b[5 q\x1b[5n\x1b]2;T\x07\x1b[4h\x1b[2;4H",
                            term::line_detail::text);

    CHECK(shown(whole.at("rows")) == "2");
    CHECK(shown(whole.at("cols")) == "10");
    CHECK(shown(whole.at("cursor")) ==
          R"({"row":1,"col":3,"visible":true,"shape":"bar","blink":true,"pending_wrap":false})");
    CHECK(shown(whole.at("title")) == "\"T\"");
    CHECK(shown(whole.at("alternate")) == "true");
    CHECK(shown(whole.at("modes").at("4")) == "true");
    CHECK(shown(whole.at("modes").at("?7")) == "true");
    CHECK(shown(whole.at("modes").at("?25")) == "true");
    CHECK(shown(whole.at("scrollback")) == R"([{"text":"one","wrapped":false}])");
    CHECK(shown(whole.at("screen")) == R"([{"text":"","wrapped":false},{"text":"","wrapped":false}])");
    CHECK(shown(whole.at("replies")) == "\"G1swbg==\"");
    CHECK(shown(whole.at("events").at(0)) == R"({"type":"mode","mode":"?1049","set":true})");
    CHECK(shown(whole.at("events").at(1)) == R"({"type":"title","text":"T"})");
}

TEST_CASE("T03: cells say text, width, colours, flags and link; a wide one's tail is absent")
{
    auto const line = told("\x1b[1;4:3;31;48;2;1;2;3ma\x1b[m\u4e00\x1b]8;;http://x\x07"
                           "e\u0301\x1b]8;;\x07")
                          .at("screen")
                          .at(0);

    CHECK(shown(line.at("text")) == "\"a\u4e00e\u0301\"");
    CHECK(shown(line.at("cells")) ==
          "[[\"a\",1,1,\"#010203\",\"bc\",null],[\"\u4e00\",2,null,null,\"\",null],"
          "[\"e\u0301\",1,null,null,\"\",\"http://x\"]]");
}

TEST_CASE("T03: every attribute has its letter")
{
    auto const flags = [](std::string const& numbers) {
        return shown(told("\x1b[" + numbers + "mx").at("screen").at(0).at("cells").at(0).at(4));
    };

    CHECK(flags("1;2;3;4;5;7;8;9;53") == "\"bfiukrhso\"");
    CHECK(flags("21") == "\"d\"");
    CHECK(flags("4:4") == "\"t\"");
    CHECK(flags("4:5") == "\"a\"");
    CHECK(shown(told("\x1b[1\"qx").at("screen").at(0).at("cells").at(0).at(4)) == "\"p\"");
}

TEST_CASE("T03: blanks that were written stay in the text, blanks that were erased do not")
{
    CHECK(shown(told("a  ").at("screen").at(0).at("text")) == "\"a  \"");
    CHECK(shown(told("abc\x1b[2D\x1b[K").at("screen").at(0).at("text")) == "\"a\"");
}

}  // namespace
