#include <tendril/term/paste.hpp>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::term;

terminal after(std::string_view setup)
{
    terminal t;
    t.feed(base::bytes_of(setup));
    return t;
}

TEST_CASE("T08: a paste is typed, its line ends as CR, and bracketed for a program that asked")
{
    CHECK(paste_bytes(terminal(), "one\ntwo\r\nthree\rfour\t\xc3\xa4") == "one\rtwo\rthree\rfour\t\xc3\xa4");
    CHECK(paste_bytes(after("\x1b[?2004h"), "one\n") == "\x1b[200~one\r\x1b[201~");
}

TEST_CASE("T08: a paste cannot end its own brackets, nor press keys")
{
    auto const t = after("\x1b[?2004h");
    CHECK(paste_bytes(t, "a\x1b[201~b") == "\x1b[200~ab\x1b[201~");
    CHECK(paste_bytes(t, "a\x1b[20\x1b[201~1~b") == "\x1b[200~a[201~b\x1b[201~");
    CHECK(paste_bytes(t, "a\xc2\x9b"
                         "201~b") == "\x1b[200~ab\x1b[201~");
    CHECK(paste_bytes(t, "a\x03\x1b[A\x7f\xc2\x90z") == "\x1b[200~a[Az\x1b[201~");
    CHECK(paste_bytes(terminal(), "rm\x15ls\x04") == "rmls");
}

TEST_CASE("T08: focus is told to a program that asked")
{
    CHECK(focus_bytes(terminal(), focus::gained).empty());
    CHECK(focus_bytes(after("\x1b[?1004h"), focus::gained) == "\x1b[I");
    CHECK(focus_bytes(after("\x1b[?1004h"), focus::lost) == "\x1b[O");
}

}  // namespace
