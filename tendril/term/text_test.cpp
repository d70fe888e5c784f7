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
