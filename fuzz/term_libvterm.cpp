/// @file
/// Output on whose meaning terminals agree: libvterm and ours show the same.
/// Layer: fuzz (base, vt, term). Spec: docs/layers/term-differences.md.

#include <tendril/term/terminal.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include <tests/conformance/common_vocabulary.hpp>
#include <tests/conformance/libvterm_judge.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t count)
{
    using namespace tendril;
    constexpr term::grid_size size{20, 6};
    auto const output = conformance::common_output({data, count}, size.columns, size.rows);
    term::terminal ours(size, {.history_lines = 4});
    conformance::libvterm_emulator theirs(size);
    ours.write(base::bytes_of(output));
    theirs.write(base::bytes_of(output));
    auto const unlike = conformance::unlike(theirs, ours);
    if (unlike.empty())
        return 0;
    std::fprintf(stderr, "libvterm differs: %s\n", unlike.c_str());
    std::abort();
}
