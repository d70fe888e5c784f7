#include <tendril/vt/parser.hpp>

#include <random>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// Writes down every call as text, so that two runs compare as strings.
struct transcript {
    void print_ascii(std::string_view text) { written += text; }
    void print(std::u32string_view text)
    {
        for (auto const scalar : text)
            vt::append_utf8(written, scalar);
    }
    void execute(char control) { written += "<C0 " + std::to_string(static_cast<int>(control)) + ">"; }
    void esc(vt::sequence const& what) { written += "<ESC" + show(what) + ">"; }
    void csi(vt::sequence const& what) { written += "<CSI" + show(what) + ">"; }
    void osc(std::string_view payload, vt::terminator end)
    {
        written += "<OSC " + std::string(payload) + (end == vt::terminator::bell ? " BEL>" : " ST>");
    }
    void dcs(vt::sequence const& what, std::string_view payload, vt::terminator)
    {
        written += "<DCS" + show(what) + " " + std::string(payload) + ">";
    }
    void apc(std::string_view payload) { written += "<APC " + std::string(payload) + ">"; }

    static std::string show(vt::sequence const& what)
    {
        std::string shown = " ";
        if (what.prefix)
            shown += what.prefix;
        for (std::size_t i = 0; i < what.numbers.size(); ++i) {
            if (i != 0)
                shown += what.numbers.is_sub(i) ? ':' : ';';
            shown += std::to_string(what.numbers[i]);
        }
        for (auto const each : what.intermediates)
            if (each)
                shown += each;
        return shown + what.final;
    }

    std::string written;
};

std::string parsed(std::string_view bytes, vt::string_limits limits = {})
{
    vt::parser parser(limits);
    transcript calls;
    parser.feed(base::bytes_of(bytes), calls);
    return calls.written;
}

TEST_CASE("T08: text, controls and sequences come out in order")
{
    CHECK(parsed("ab\r\n\x1b[1;31mcd\x1b(0") == "ab<C0 13><C0 10><CSI 1;31m>cd<ESC (0>");
    CHECK(parsed("\x1b[?25h\x1b[>c\x1b[2 q\x1b[!p") == "<CSI ?25h><CSI >c><CSI 2 q><CSI !p>");
}

TEST_CASE("T08: numbers may be left out, joined by colons, or far too large or many")
{
    CHECK(parsed("\x1b[;5H\x1b[5;m\x1b[m") == "<CSI 0;5H><CSI 5;0m><CSI m>");
    CHECK(parsed("\x1b[38:2::1:2:3m") == "<CSI 38:2:0:1:2:3m>");
    CHECK(parsed("\x1b[99999999999999999999A") == "<CSI 65535A>");

    std::string many = "\x1b[1";
    for (int i = 0; i < 100; ++i)
        many += ";7";
    auto const shown = parsed(many + "mx");
    CHECK(shown.starts_with("<CSI 1;7;7"));
    CHECK(shown.ends_with(";7m>x"));
}

TEST_CASE("T08: a control inside a sequence acts at once, CAN and SUB cancel it, ESC starts anew")
{
    CHECK(parsed("\x1b[3\n1mx") == "<C0 10><CSI 31m>x");
    CHECK(parsed("\x1b[31\x18mx") == "<C0 24>mx");
    CHECK(parsed("\x1b[31\x1amx") == "<C0 26>mx");
    CHECK(parsed("\x1b[3\x1b[1mx") == "<CSI 1m>x");
    CHECK(parsed("\x1b[3\x7f"
                 "1m") == "<CSI 31m>");
}

TEST_CASE("T08: a misplaced byte makes the sequence ignored, not printed")
{
    CHECK(parsed("\x1b[1?2hx") == "x");
    CHECK(parsed("\x1b[1 2hx") == "x");
    CHECK(parsed("\x1bP1 2qpay\x1b\\x") == "<ESC \\>x");
}

TEST_CASE("T08: an OSC ends with BEL, ST or the C1 form of ST, and is dropped by CAN")
{
    CHECK(parsed("\x1b]0;hi\x07x") == "<OSC 0;hi BEL>x");
    CHECK(parsed("\x1b]0;hi\x1b\\x") == "<OSC 0;hi ST><ESC \\>x");
    CHECK(parsed("\x1b]0;\xe2\x9c\x93 \xc2\xa9\xc2\x9cx") == "<OSC 0;\u2713 \u00a9 ST>x");
    CHECK(parsed("\x1b]0;hi\x18x") == "<C0 24>x");
}

TEST_CASE("T08: DCS, APC, PM and SOS strings are consumed whole")
{
    CHECK(parsed("\x1bP1;2$qm\x1b\\x") == "<DCS 1;2$q m><ESC \\>x");
    CHECK(parsed("\x1b_Gf=1;AAAA\x1b\\x") == "<APC Gf=1;AAAA><ESC \\>x");
    CHECK(parsed("\x1b^secret\x1b\\\x1bXsecret\x1b\\x") == "<ESC \\><ESC \\>x");
}

TEST_CASE("T01: a string over its limit is consumed and dropped")
{
    CHECK(parsed("\x1b]0;123\x07x", {.osc = 5, .dcs = 0, .apc = 0}) == "<OSC 0;123 BEL>x");
    CHECK(parsed("\x1b]0;1234\x07x", {.osc = 5, .dcs = 0, .apc = 0}) == "x");
}

TEST_CASE("T08: C1 controls act in their UTF-8 form, and are no characters as raw bytes")
{
    CHECK(parsed("\xc2\x9b"
                 "1mx") == "<CSI 1m>x");
    CHECK(parsed("a\xc2\x85"
                 "b") == "a<ESC E>b");
    CHECK(parsed("\x1b[3\xc2\x9b"
                 "1mx") == "<CSI 1m>x");
    CHECK(parsed("\x9b"
                 "1m") == "\uFFFD"
                          "1m");
}

TEST_CASE("T08: a character cut by a control is replaced, and the control acts")
{
    CHECK(parsed("\xe2\x82\x1b[1mx") == "\uFFFD<CSI 1m>x");
    CHECK(parsed("\xe2\x82\nx") == "\uFFFD<C0 10>x");
    CHECK(parsed("\x1b[3\u20acx") == "\u20acx");
}

TEST_CASE("T01: any cutting of any bytes gives the same calls")
{
    constexpr std::string_view pieces[] = {
        "\x1b", "[",        "]",        "P",        "_",      "\\", "\x07", "\x18", "\xc2", "\x9c",
        "\x9b", "0;t",      "1;2",      ":",        "?",      " ",  "m",    "H",    "text", "\r\n",
        "\x7f", "\xf0\x9f", "\x98\x80", "\xe2\x82", "\u20ac", "$",  "q",    "X",    "^"};
    std::mt19937 random(20240501);
    for (int round = 0; round < 2000; ++round) {
        std::string soup;
        for (int i = 0; i < 40; ++i)
            soup += pieces[random() % std::size(pieces)];
        auto const whole = parsed(soup);

        vt::parser parser;
        transcript cut;
        for (std::size_t at = 0; at < soup.size();) {
            auto const count = std::min<std::size_t>(1 + random() % 7, soup.size() - at);
            parser.feed(base::bytes_of(std::string_view(soup).substr(at, count)), cut);
            at += count;
        }
        REQUIRE(cut.written == whole);
    }
}

}  // namespace
