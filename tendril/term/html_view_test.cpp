#include <tendril/term/html_view.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

void feed(term::terminal& t, std::string_view bytes)
{
    t.feed(base::bytes_of(bytes));
}

/// The lines that an update brings.
std::vector<int> sent_lines(term::html_update const& update)
{
    std::vector<int> lines;
    for (std::size_t y = 0; y < update.screen.size(); ++y)
        if (!update.screen[y].empty())
            lines.push_back(static_cast<int>(y));
    return lines;
}

TEST_CASE("T05: an unchanged line comes back empty, a blank one is never empty when it is sent")
{
    term::terminal t({10, 4});
    term::html_view view;
    feed(t, "\x1b[?25lone\r\ntwo");
    CHECK(view.update("a", t).screen == std::vector<std::string>{"one", "two", " ", " "});
    CHECK(sent_lines(view.update("a", t)).empty());

    feed(t, "!");
    CHECK(view.update("a", t).screen == std::vector<std::string>{"", "two!", "", ""});
    feed(t, "\x1b[1;1H\x1b[K");
    CHECK(view.update("a", t).screen == std::vector<std::string>{" ", "", "", ""});
}

TEST_CASE("T05: a line that was written again with the same text is unchanged")
{
    term::terminal t({10, 4});
    term::html_view view;
    feed(t, "\x1b[?25lone\r\ntwo");
    static_cast<void>(view.update("a", t));
    feed(t, "\r\x1b[Ktwo");
    CHECK(sent_lines(view.update("a", t)).empty());
}

TEST_CASE("T05: the cursor's old line and its new one are sent")
{
    term::terminal t({10, 4});
    term::html_view view;
    feed(t, "one\r\ntwo");
    static_cast<void>(view.update("a", t));
    feed(t, "\x1b[4;1H");
    CHECK(sent_lines(view.update("a", t)) == std::vector{1, 3});
}

TEST_CASE("T05: each client has its own memory, and full gives all of it to one")
{
    term::terminal t({10, 2});
    term::html_view view;
    feed(t, "\x1b[?25l1\r\n2");
    static_cast<void>(view.update("a", t));
    feed(t, "\r\n3");
    auto const slow = view.update("b", t);
    CHECK(slow.is_full);
    CHECK(slow.scrollback == std::vector<std::string>{"1"});
    CHECK(slow.screen == std::vector<std::string>{"2", "3"});
    auto const quick = view.update("a", t);
    CHECK_FALSE(quick.is_full);
    CHECK(quick.scrollback == std::vector<std::string>{"1"});
    CHECK(quick.screen == std::vector<std::string>{"2", "3"});
    auto const again = view.update("b", t, term::html_amount::full);
    CHECK(again.scrollback == slow.scrollback);
    CHECK(again.screen == slow.screen);
}

TEST_CASE("T05: another size, another screen and other colours send what they change")
{
    term::terminal t({10, 2});
    term::html_view view;
    feed(t, "\x1b[?25l\x1b[31mred\x1b[m\r\nplain");
    static_cast<void>(view.update("a", t));
    feed(t, "\x1b]4;1;#123456\x07");
    CHECK(sent_lines(view.update("a", t)) == std::vector{0});
    feed(t, "\x1b[?1049h");
    CHECK(view.update("a", t).is_full);
    t.resize({12, 3});
    auto const resized = view.update("a", t);
    CHECK(resized.is_full);
    CHECK(resized.screen.size() == 3);
}

TEST_CASE("T05: lines that were gone before a client asked are counted")
{
    term::terminal t({10, 1}, {.history_lines = 2});
    term::html_view view;
    static_cast<void>(view.update("a", t));
    feed(t, "1\r\n2\r\n3\r\n4\r\n5");
    auto const update = view.update("a", t);
    CHECK(update.skipped_lines == 2);
    CHECK(update.scrollback == std::vector<std::string>{"3", "4"});
}

TEST_CASE("T05: clients can leave, and there are never more than the limit")
{
    term::terminal t({10, 1});
    term::html_view view(2);
    for (auto const* const name : {"a", "b", "a", "c"})
        static_cast<void>(view.update(name, t));
    CHECK(view.clients() == 2);
    CHECK_FALSE(view.update("a", t).is_full);
    CHECK(view.update("b", t).is_full);
    view.remove("b");
    view.remove("nobody");
    CHECK(view.clients() == 1);
    CHECK(view.update("b", t).is_full);
}

TEST_CASE("T05: a line that becomes large is sent, though its text is the same")
{
    term::terminal t({10, 2});
    term::html_view view;
    feed(t, "\x1b[?25lone\r\ntwo");
    static_cast<void>(view.update("a", t));
    feed(t, "\x1b[H\x1b#6");

    auto const sent = view.update("a", t);
    CHECK(sent_lines(sent) == std::vector<int>{0});
    CHECK(sent.screen[0].find("scaleX(2)") != std::string::npos);
}

}  // namespace
