/// @file
/// Any expression and any output: the same matches whole, cut in two and byte by byte, and no end without
/// one. The first byte says how long the expression is. Layer: fuzz (base, expect). Spec: parity X10.

#include <tendril/expect/queue.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace tendril;

std::string matches(expect::pattern const& first, expect::pattern const& second, std::string_view text,
                    std::size_t piece)
{
    expect::queue waiting;
    std::string fired;
    auto const note = [&](expect::match const& m) { fired += m.before + '\1' + m.text + '\2'; };
    if (!waiting.expect({first, second}, note,
                        {.from = expect::source::stream, .as = expect::standing::sticky}) ||
        !waiting.expect({second}, note, {.from = expect::source::stream}) ||
        !waiting.expect({first}, note, {.from = expect::source::stream}))
        std::abort();
    for (std::size_t at = 0; at < text.size(); at += piece)
        waiting.on_stream(base::bytes_of(text.substr(at, piece)));
    waiting.on_end();
    return fired;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t count)
{
    if (count < 2)
        return 0;
    std::string_view const all(reinterpret_cast<char const*>(data) + 1, count - 1);
    auto const length = std::min<std::size_t>(data[0], all.size());
    auto const expression = expect::pattern::regex(all.substr(0, length));
    auto const text = all.substr(length);
    auto const second = expect::pattern::exact(std::string(text.substr(text.size() / 3, 2)));
    if (!expression || !expression->is_linear() || !second)
        return 0;
    auto const whole = matches(*expression, *second, text, std::max<std::size_t>(1, text.size()));
    if (matches(*expression, *second, text, 1) != whole ||
        matches(*expression, *second, text, text.size() / 2 + 1) != whole)
        std::abort();
    return 0;
}
