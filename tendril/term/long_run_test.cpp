#include <tendril/term/snapshot.hpp>
#include <tendril/term/terminal.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

namespace {

using namespace tendril;

/// What a terminal remembers after @p bytes in pieces of @p piece.
std::string remembered(term::grid_size size, std::size_t lines, std::string_view bytes, std::size_t piece)
{
    term::terminal_limits limits;
    limits.history_lines = lines;
    term::terminal t(size, limits);
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
        t.feed(base::bytes_of(bytes.substr(0, piece)));
    return term::to_snapshot(t);
}

std::string numbered_text(std::size_t bytes)
{
    std::string text;
    for (int word = 0; text.size() < bytes; ++word)
        text += "word " + std::to_string(word) + ", ";
    return text.substr(0, bytes);
}

TEST_CASE("T01: a run of text longer than the screen leaves what its characters leave one by one")
{
    for (auto const size : {term::grid_size{80, 24}, {10, 3}, {120, 2}, {7, 1}, {1, 1}})
        for (auto const lines : {std::size_t{0}, std::size_t{2}, std::size_t{10'000}})
            for (auto const length : {80u * 24u, 4'000u, 7'001u})
                for (std::string_view const before :
                     {"", "prompt$ ", "\x1b[99H", "\x1b[99H\x1b#6", "\x1b[?69h\x1b[2;5s", "\x1b[2;3r\x1b[3H",
                      "\x1b[99H\x1b[44m", "\x1b[99H\x1b[1m", "\x1b[?1049h\x1b[99H", "\x1b[?7l\x1b[99H",
                      "\x1b[99H\x1b[4h"}) {
                    auto const text = std::string(before) + numbered_text(length);
                    CHECK(remembered(size, lines, text, text.size()) == remembered(size, lines, text, 1));
                }
}

}  // namespace
