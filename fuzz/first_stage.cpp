// Any bytes as what a far end says, cut anywhere: the words are the same, and what is kept of the rest is
// bounded.
#include <tendril/remote/stage_reader.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace tendril;
using namespace tendril::remote;

struct heard {
    std::vector<std::string> words;
    std::string rest;
    bool operator==(heard const&) const = default;
};

heard listen(base::byte_view all, std::size_t step)
{
    stage_reader reader("42");
    heard got;
    bool runs = false;
    while (!all.empty()) {
        auto const piece = all.first(std::min(step, all.size()));
        all = all.subspan(piece.size());
        reader.push(piece);
        while (!runs) {
            auto const word = reader.next();
            if (!word)
                break;
            got.words.push_back(std::to_string(static_cast<int>(word->what)) + word->rest);
            runs = word->what == stage_word::kind::run;
        }
        if (reader.noise().size() > 4096)
            std::abort();
    }
    if (runs)
        got.rest = base::text_of(reader.take_rest());
    return got;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const all = std::as_bytes(std::span(data, size));
    auto const whole = listen(all, std::max<std::size_t>(size, 1));
    for (std::size_t const step : {std::size_t{1}, std::size_t{7}})
        if (listen(all, step) != whole)
            std::abort();
    return 0;
}
