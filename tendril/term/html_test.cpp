#include <tendril/term/html.hpp>

#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

std::string first_line(std::string_view bytes)
{
    term::terminal t({20, 2});
    t.feed(base::bytes_of(bytes));
    return term::to_html_lines(t, term::cursor_drawing::left_out).screen.front();
}

TEST_CASE("T04: what HTML reserves is escaped")
{
    CHECK(first_line("<b a=\"1\">&'") == "&lt;b a=&quot;1&quot;&gt;&amp;&#39;");
}

TEST_CASE("T04: colours and attributes become inline styles, plain text stays bare")
{
    CHECK(first_line("a\x1b[38;2;1;2;3mb\x1b[m c") == "a<span style=\"color:#010203;\">b</span> c");
    CHECK(first_line("\x1b[1;3mx") == "<span style=\"font-weight:bold;font-style:italic;\">x</span>");
    CHECK(first_line("\x1b[4:3;58:2::1:2:3mx").find("text-decoration:underline wavy #010203;") !=
          std::string::npos);
    CHECK(first_line("\x1b[48;2;9;9;9m  \x1b[m") == "<span style=\"background:#090909;\">  </span>");
}

TEST_CASE("T04: a wide character keeps its two columns whatever the font")
{
    CHECK(first_line("a\u4e00b") == "a<span style=\"display:inline-block;width:2ch;\">\u4e00</span>b");
    CHECK(first_line("\u00e9\u00e8") == "\u00e9\u00e8");
}

TEST_CASE("T04: links lead only where a page may lead")
{
    auto const linked = [](std::string const& target) {
        return first_line("\x1b]8;;" + target + "\x07x\x1b]8;;\x07");
    };

    CHECK(linked("https://a.b/?q=\"&").find("href=\"https://a.b/?q=&quot;&amp;\"") != std::string::npos);
    for (auto const* const each : {"http://x", "ftp://x", "mailto:a@b", "file:///x", "HTTPS://x"})
        CHECK(linked(each).find("<a ") != std::string::npos);
    for (auto const* const each :
         {"javascript:alert(1)", "data:text/html,x", " http://x", "http", "vbscript:x"})
        CHECK(linked(each) == "x");
}

TEST_CASE("T04: scrollback and screen come apart, and the history can be had in parts")
{
    term::terminal t({20, 2});
    t.feed(base::bytes_of("<one>\r\n\x1b[1mtwo\x1b[m\r\n\x1b]8;;http://x\x07three\x1b]8;;\x07\r\nfour"));
    auto const lines = term::to_html_lines(t, term::cursor_drawing::left_out);

    CHECK(lines.scrollback ==
          std::vector<std::string>{"&lt;one&gt;", "<span style=\"font-weight:bold;\">two</span>"});
    REQUIRE(lines.screen.size() == 2);
    CHECK(lines.screen[0].find("href=\"http://x\"") != std::string::npos);
    CHECK(lines.screen[1] == "four");
    std::string part;
    term::append_scrollback_html(t, part);
    CHECK(part == lines.scrollback[0] + "\n" + lines.scrollback[1] + "\n");
    part.clear();
    term::append_scrollback_html(t, part, {.first = 1, .end = 7});
    CHECK(part == lines.scrollback[1] + "\n");
}

TEST_CASE(
    "T04: each shape of the cursor is drawn, also over a wide character's second half and behind the text")
{
    term::terminal t({5, 1});
    auto const drawn = [&](char const* bytes) {
        t.feed(base::bytes_of(std::string("\x1b[2J\x1b[H") + bytes));
        return term::to_html_lines(t, term::cursor_drawing::shown).screen.front();
    };
    CHECK(drawn("ab\x1b[2 q").starts_with("ab<span class=\"cursor\" style=\"color:"));
    CHECK(drawn("ab\x1b[4 q").find("box-shadow:inset 0 -2px ") != std::string::npos);
    CHECK(drawn("ab\x1b[6 q").find("box-shadow:inset 2px 0 ") != std::string::npos);
    auto const over_wide = drawn("a\u4e00b\x1b[3G");
    CHECK(over_wide.starts_with("a<span class=\"cursor\""));
    CHECK(over_wide.ends_with(">\u4e00</span>b"));
}

TEST_CASE("T04: the cursor is shown unless the program hides it")
{
    term::terminal t({5, 1});
    t.feed(base::bytes_of("ab\x1b[1;2H"));
    CHECK(term::to_html_fragment(t, term::cursor_drawing::shown).find("<span class=\"cursor\"") !=
          std::string::npos);

    t.feed(base::bytes_of("\x1b[?25l"));
    CHECK(term::to_html_fragment(t, term::cursor_drawing::shown).find("cursor") == std::string::npos);
}

TEST_CASE("T04: lines of double size are drawn large")
{
    CHECK(first_line("ab\x1b#6") ==
          "<span style=\"display:inline-block;vertical-align:top;transform:scaleX(2);"
          "transform-origin:0 0\">ab</span>");
    CHECK(first_line("ab\x1b#3").find("clip-path:inset(0 0 50%)\">ab<") != std::string::npos);
    CHECK(first_line("ab\x1b#4").find("clip-path:inset(50% 0 0)\">ab<") != std::string::npos);
    CHECK(first_line("\x1b#6") == "");
}

TEST_CASE("T04: a page is complete, and its title cannot break out")
{
    term::terminal t({5, 1});
    t.feed(base::bytes_of("\x1b]2;</title><script>\x07hi"));
    auto const page = term::to_html_page(t, term::cursor_drawing::left_out);

    CHECK(page.starts_with("<!DOCTYPE html>"));
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find(">hi\n</pre>") != std::string::npos);
}

}  // namespace
