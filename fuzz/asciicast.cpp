// Any bytes as a recording, in two chunkings: the same events or the same error; what was read is orderly,
// and is the same again after it was written.
#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/asciicast_writer.hpp>
#include <tendril/record/replay_filter.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fuzz/any_reader.hpp>

namespace {

using namespace tendril::fuzz;

std::string filtered(std::string_view output, std::size_t size)
{
    std::string shown;
    replay_filter filter;
    for (; !output.empty(); output.remove_prefix(std::min(size, output.size())))
        filter.push(tendril::base::bytes_of(output.substr(0, size)), shown);
    return shown;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    auto const make = [] { return std::make_unique<asciicast_reader>(); };
    auto const whole = check(make, input);

    std::string written;
    asciicast_writer writer(asciicast_version::v2);
    writer.begin(header{}, written);
    for (auto const& each : whole.events)
        writer.write(each, written);
    writer.finish(written);
    require(writer.replaced_bytes() == 0);
    auto const again = read_asciicast(written);
    require(again.has_value());
    std::vector<event> kept;  // an empty output is no event for the writer
    for (auto const& each : whole.events)
        if (!each.text.empty() || (each.kind != event_kind::output && each.kind != event_kind::input))
            kept.push_back(each);
    require(again->events == kept);

    auto const shown = filtered(input, std::max<std::size_t>(size, 1));
    require(shown == filtered(input, 1));
    require(filtered(shown, 7) == shown);  // what is safe stays as it is
    return 0;
}
