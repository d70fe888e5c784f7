#include <tendril/syslog/line_cutter.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::syslog;
using tendril::base::bytes_of;
using lines = std::vector<std::string>;

TEST_CASE("L06: a line is told once it is whole, however it comes")
{
    line_cutter cutter;
    CHECK(cutter.push(bytes_of("lo")).empty());
    CHECK(cutter.push(bytes_of("gin: root\r")).empty());
    CHECK(cutter.push(bytes_of("\nnext\n\nlast")) == lines{"login: root", "next", ""});
    CHECK(cutter.finish() == "last");
    CHECK(cutter.finish() == "");
}

TEST_CASE("L06: control characters never reach the log as they are, C1 in UTF-8 neither")
{
    line_cutter cutter;
    CHECK(cutter.push(bytes_of("\x1b[31mr\x7f\xc2\x9bx\xc3\xa9\ta\rb\n")) ==
          lines{"#033[31mr#177#302#233x\xc3\xa9#011a#015b"});
}

TEST_CASE("L06: a line that never ends is cut at 2 KiB, between characters, and goes on with a mark")
{
    line_cutter cutter;
    std::string endless;
    for (int n = 0; n < 3000; ++n)
        endless += "\xc3\xa9";

    auto const cut = cutter.push(bytes_of("x" + endless + "\n"));

    REQUIRE(cut.size() == 3);
    CHECK(cut[0].size() <= line_cutter::longest_line_bytes + 3);
    CHECK(cut[1].starts_with("... \xc3\xa9"));
    CHECK(cut[0] + cut[1].substr(4) + cut[2].substr(4) == "x" + endless);
}

}  // namespace
