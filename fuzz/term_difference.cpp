/// @file
/// Any bytes with resizes and looks in between: a difference takes a client to what the program's terminal
/// shows, and says nothing when asked again. Layer: fuzz (base, vt, term). Spec: parity T06.

#include <tendril/term/difference.hpp>
#include <tendril/term/terminal.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>

#include <tests/conformance/same_screen.hpp>

namespace {

using namespace tendril;

// Bytes that UTF-8 never has: one means that the client looks, the other that columns and rows follow.
constexpr std::uint8_t look_mark = 0xFE;
constexpr std::uint8_t resize_mark = 0xFF;

void look(term::frame& known, term::terminal const& program, term::terminal& client)
{
    client.feed(base::bytes_of(term::difference(known, program)));
    auto const unlike = conformance::unlike(client, program);
    if (unlike.empty() && term::difference(known, program).empty())
        return;
    std::fprintf(stderr, "differs: %s\n", unlike.c_str());
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t count)
{
    term::terminal program({12, 5}, {.history_lines = 4});
    term::terminal client({12, 5}, {.history_lines = 0});
    term::frame known;
    for (std::span rest(data, count); !rest.empty();) {
        auto const end = std::ranges::find_if(rest, [](std::uint8_t each) { return each >= look_mark; });
        auto const text = static_cast<std::size_t>(end - rest.begin());
        program.feed(std::as_bytes(rest.first(text)));
        rest = rest.subspan(text);
        look(known, program, client);
        if (rest.size() >= 3 && rest[0] == resize_mark) {
            term::grid_size const size{static_cast<std::uint16_t>(rest[1] % 40),
                                       static_cast<std::uint16_t>(rest[2] % 20)};
            program.resize(size);
            client.resize(size);
            rest = rest.subspan(2);
        }
        if (!rest.empty())
            rest = rest.subspan(1);
    }
    look(known, program, client);
    return 0;
}
