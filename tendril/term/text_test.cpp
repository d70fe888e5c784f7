#include <tendril/term/text.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using lines = std::vector<std::string>;

TEST_CASE("T03: the screen is a list of lines, with or without trailing blanks, scrollback apart")
{
    term::terminal t({6, 2});
    t.feed(base::bytes_of("one  \r\ntwo\r\nth\u4e00  "));

    CHECK(t.dump() == lines{"two", "th\u4e00"});
    CHECK(term::screen_text(t, term::blanks::written) == lines{"two", "th\u4e00  "});
    CHECK(term::screen_text(t, term::blanks::all) == lines{"two   ", "th\u4e00  "});
    CHECK(term::scrollback_text(t, term::blanks::cut) == lines{"one"});
    CHECK(term::scrollback_text(t, term::blanks::written) == lines{"one  "});
}

TEST_CASE("T03: what was never written is a space between, and nothing behind")
{
    term::terminal t({8, 3});
    t.feed(base::bytes_of("\x1b[4Gx\r\n\u4e00\x1b[6G\u00e9\r\nab\x1b[1D\x1b[K"));

    CHECK(term::screen_text(t, term::blanks::cut) == lines{"   x", "\u4e00   \u00e9", "a"});
    CHECK(term::screen_text(t, term::blanks::written) == lines{"   x", "\u4e00   \u00e9", "a"});
    CHECK(term::screen_text(t, term::blanks::all) == lines{"   x    ", "\u4e00   \u00e9  ", "a       "});
}

TEST_CASE("T03: a line of double width is as wide as what is to be seen of it")
{
    term::terminal t({8, 1});
    t.feed(base::bytes_of("abcdef\x1b#6"));
    CHECK(term::screen_text(t, term::blanks::cut) == lines{"abcd"});
    t.feed(base::bytes_of("\x1b[2K\ra"));
    CHECK(term::screen_text(t, term::blanks::all) == lines{"a   "});
}

TEST_CASE("T03: the text appended is the same as the list, whole or a part of the history")
{
    term::terminal t({6, 2});
    for (auto const* const each : {"one  ", "\x1b[31mtwo", "", "\u4e00\u4e00", "<&>", "six"})
        t.feed(base::bytes_of(std::string(each) + "\r\n"));
    auto const joined = [](lines const& all) {
        std::string text;
        for (auto const& each : all)
            text += each + "\n";
        return text;
    };
    for (auto const keep : {term::blanks::cut, term::blanks::written, term::blanks::all}) {
        std::string screen = ">";
        std::string above = ">";
        term::append_screen_text(t, keep, screen);
        term::append_scrollback_text(t, keep, above);
        CHECK(screen == ">" + joined(term::screen_text(t, keep)));
        CHECK(above == ">" + joined(term::scrollback_text(t, keep)));
    }
    std::string part;
    term::append_scrollback_text(t, term::blanks::cut, part, {.first = 1, .end = 3});
    CHECK(part == "two\n\n");
    part.clear();
    term::append_scrollback_text(t, term::blanks::cut, part, {.first = 4, .end = 99});
    CHECK(part == "<&>\n");
    term::append_scrollback_text(t, term::blanks::cut, part, {.first = 5, .end = 2});
    CHECK(part == "<&>\n");
}

TEST_CASE("T02: a session needs no more than the emulator interface")
{
    std::unique_ptr<term::emulator> any = std::make_unique<term::terminal>(term::grid_size{10, 3});
    any->write(base::bytes_of("hi\x1b[6n"));
    any->resize({5, 2});

    CHECK(any->dump() == lines{"hi", ""});
    CHECK(any->take_replies() == "\x1b[1;3R");
    CHECK(any->take_replies().empty());
}

}  // namespace
