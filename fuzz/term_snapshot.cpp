/// @file
/// Any bytes as a program's output: the terminal restored from a snapshot is the same and goes on the same.
/// Any bytes as a snapshot: an error, or a terminal that keeps its invariants.
/// Layer: fuzz (base, vt, term). Spec: parity T12.

#include <tendril/term/detail/snapshot_codec.hpp>
#include <tendril/term/json.hpp>
#include <tendril/term/rebuild.hpp>
#include <tendril/term/repaint.hpp>
#include <tendril/term/snapshot.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tendril;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

std::string told(term::terminal const& t)
{
    return term::to_json(t, term::line_detail::cells);
}

void check_pairs(term::terminal const& t)
{
    for (int y = 0; y < t.size().rows; ++y) {
        auto const& line = t.line(y);
        require(line.used() <= t.size().columns);
        for (int x = 0; x < line.used(); ++x)
            require((line.at(x).shown.part() == term::glyph::role::wide) ==
                    (line.at(x + 1).shown.part() == term::glyph::role::tail));
    }
}

void check_round_trip(std::string_view before, std::string_view after)
{
    term::terminal_limits const limits{.history_lines = 8};
    term::terminal on({12, 5}, limits);
    on.feed(base::bytes_of(before));
    auto restored = term::from_snapshot(term::to_snapshot(on), limits);
    require(restored.has_value());
    require(told(*restored) == told(on));
    on.feed(base::bytes_of(after));
    restored->feed(base::bytes_of(after));
    require(told(*restored) == told(on));
}

/// The checksum is made to fit: a fuzzer cannot guess it, a forger can compute it.
void check_forged(std::string_view body)
{
    term::detail::snapshot_writer to;
    to.raw("tendril\x1a");
    to.raw(body);
    to.fixed(term::detail::checksum_of(to.bytes()));
    auto read = term::from_snapshot(to.bytes(), {.history_lines = 8});
    if (!read)
        return;
    check_pairs(*read);
    if (read->size().columns > 200 || read->size().rows > 100)
        return;  // slow under sanitizers, and no different
    auto const again = term::from_snapshot(term::to_snapshot(*read), {.history_lines = 8});
    require(again.has_value());
    require(told(*again) == told(*read));
    static_cast<void>(term::repaint_sequence(*read));
    term::terminal rebuilt(read->size(), {.history_lines = 8});
    rebuilt.feed(base::bytes_of(term::rebuild_sequence(*read)));
    check_pairs(rebuilt);
    read->feed(base::bytes_of("\x18text \xf0\x9f\x91\xa9\xcc\x81\r\n\x1b[3b\x1b"
                              "8\x1b[?1049lx\x1b[K"));
    check_pairs(*read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t count)
{
    if (count == 0)
        return 0;
    std::string_view const input(reinterpret_cast<char const*>(data) + 1, count - 1);
    if (data[0] % 2 == 0)
        check_forged(input);
    else
        check_round_trip(input.substr(0, input.size() * (data[0] / 2) / 127),
                         input.substr(input.size() * (data[0] / 2) / 127));
    return 0;
}
