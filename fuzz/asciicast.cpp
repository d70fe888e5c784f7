// Any bytes as a recording, in two chunkings: the same events or the same error; what was read is orderly,
// and is the same again after it was written.
#include <tendril/record/asciicast_reader.hpp>
#include <tendril/record/asciicast_writer.hpp>
#include <tendril/record/replay_filter.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace tendril::record;

struct outcome {
    std::vector<event> events;
    std::string failure;
};

outcome read_in_pieces(std::string_view text, std::size_t size)
{
    outcome got;
    asciicast_reader reader;
    for (bool is_finished = false;;) {
        auto const next = reader.next();
        if (!next) {
            got.failure = next.error().message();
            return got;
        }
        if (*next) {
            got.events.push_back(**next);
        } else if (!text.empty()) {
            reader.push(text.substr(0, size));
            text.remove_prefix(std::min(size, text.size()));
        } else if (!is_finished) {
            reader.finish();
            is_finished = true;
        } else {
            return got;
        }
    }
}

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool is_orderly(std::vector<event> const& events)
{
    moment last{0};
    for (auto const& each : events) {
        if (each.time < last || each.time > longest_recording)
            return false;
        last = each.time;
        if (each.kind == event_kind::resize &&
            (each.size.columns == 0 || each.size.rows == 0 || each.size.columns > largest_screen.columns ||
             each.size.rows > largest_screen.rows))
            return false;
    }
    return true;
}

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
    auto const whole = read_in_pieces(input, std::max<std::size_t>(size, 1));
    auto const pieces = read_in_pieces(input, 3);
    require(whole.failure == pieces.failure && whole.events == pieces.events);
    require(is_orderly(whole.events));

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
