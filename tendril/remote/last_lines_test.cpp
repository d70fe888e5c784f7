#include <tendril/remote/detail/conversation_text.hpp>
#include <tendril/remote/detail/last_lines.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote::detail;

TEST_CASE("K04: what a peer said is shown without what a terminal would obey")
{
    CHECK(without_controls("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\x9a\ttab\nline") ==
          "gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x90\x9a\ttab\nline");
    CHECK(without_controls("\x1b]0;title\x07 \x7f \r") == "?]0;title? ? ?");
    CHECK(without_controls("\xc2\x9b"
                           "31m") == "??31m");
    CHECK(without_controls("\xff\xc3") == "??");
    CHECK(without_controls("\xe2\x82") == "??");
}

TEST_CASE("K04: lines are the same however what was said is cut")
{
    std::string const said = "one\r\n\ntwo\nthree";
    for (std::size_t cut = 0; cut <= said.size(); ++cut) {
        std::vector<std::string> seen;
        last_lines lines([&seen](std::string_view line) { seen.emplace_back(line); });
        lines.add(said.substr(0, cut));
        lines.add(said.substr(cut));
        CHECK(lines.text() == "one\ntwo\nthree");
        CHECK(seen == std::vector<std::string>{"one", "", "two"});
        lines.finish();
        CHECK(seen.back() == "three");
        CHECK(lines.lines().size() == 3);
    }
}

TEST_CASE("K04: of a flood the last lines are kept, and a line without end comes in pieces")
{
    std::size_t longest = 0;
    std::size_t total = 0;
    last_lines lines([&](std::string_view line) {
        longest = std::max(longest, line.size());
        total += line.size();
    });
    for (int each = 0; each < 100; ++each)
        lines.add(std::string(10'000, 'x'));
    lines.add("\n");

    CHECK(total == 1'000'000);
    CHECK(longest == 4096);
    CHECK(lines.lines().size() == 20);
}

TEST_CASE("K04: a prompt stands at the end of a line that is not ended")
{
    conversation_text text;
    text.add("A lecture.\r\n");
    CHECK_FALSE(text.is_at_prompt());
    text.add("Pass");
    CHECK(text.is_at_prompt());
    text.add("word: ");
    CHECK(text.text() == "A lecture.\r\nPassword: ");
    text.answered();
    text.add("\r\n");
    CHECK_FALSE(text.is_at_prompt());
    CHECK(text.text().empty());
}

TEST_CASE("K04: nobody can push the beginning of what is asked out of sight")
{
    conversation_text text;
    text.add("(user@host) " + std::string(5000, '.') + "\n");
    text.add("Enter passphrase for key 'x': ");

    CHECK(text.text().size() <= 4096);
    CHECK(text.text().starts_with("..."));
    CHECK(text.text().ends_with("\nEnter passphrase for key 'x': "));
}

}  // namespace
