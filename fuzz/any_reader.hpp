#pragma once

/// @file
/// What holds for every reader of recordings, whatever bytes it is given. Layer: fuzz.

#include <tendril/record/event_reader.hpp>
#include <tendril/record/event_writer.hpp>
#include <tendril/record/recording.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::fuzz {

using namespace tendril::record;

inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

struct outcome {
    std::vector<event> events;
    std::string failure;
    header head;
};

inline outcome read_in_pieces(event_reader& reader, std::string_view text, std::size_t size)
{
    outcome got;
    for (bool is_finished = false;;) {
        auto next = reader.next();
        if (!next) {
            got.failure = next.error().message();
            break;
        }
        if (*next) {
            got.events.push_back(std::move(**next));
        } else if (!text.empty()) {
            reader.push(text.substr(0, size));
            text.remove_prefix(std::min(size, text.size()));
        } else if (!is_finished) {
            reader.finish();
            is_finished = true;
        } else {
            break;
        }
    }
    require(!reader.next() == !got.failure.empty());
    if (reader.head())
        got.head = *reader.head();
    return got;
}

/// Neighbours of one kind and moment as one: where a stream is cut is not part of a recording.
inline std::vector<event> joined(std::vector<event> const& events)
{
    std::vector<event> whole;
    for (auto const& each : events) {
        bool const is_stream = each.kind == event_kind::output || each.kind == event_kind::input;
        if (is_stream && each.text.empty())
            continue;
        if (is_stream && !whole.empty() && whole.back().kind == each.kind && whole.back().time == each.time)
            whole.back().text += each.text;
        else
            whole.push_back(each);
    }
    return whole;
}

inline bool is_orderly(std::vector<event> const& events)
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

/// The same events or the same error in two chunkings, in order. @p make gives a fresh reader.
template <typename Make>
outcome check(Make make, std::string_view input)
{
    auto const first = make();
    auto const second = make();
    auto const whole = read_in_pieces(*first, input, std::max<std::size_t>(input.size(), 1));
    auto const pieces = read_in_pieces(*second, input, 3);
    require(whole.failure == pieces.failure);
    require(joined(whole.events) == joined(pieces.events));
    require(whole.head == pieces.head);
    require(is_orderly(whole.events));
    return whole;
}

}  // namespace tendril::fuzz
