#include <tendril/record/event_reader.hpp>

#include <algorithm>
#include <utility>

namespace tendril::record {

result<recording> read_all(event_reader& reader, std::string_view text)
{
    constexpr std::size_t piece = 1024 * 1024;
    recording read;
    for (bool is_finished = false;;) {
        auto got = reader.next();
        if (!got)
            return std::unexpected(std::move(got.error()));
        if (*got) {
            read.events.push_back(std::move(**got));
        } else if (!text.empty()) {
            reader.push(text.substr(0, piece));
            text.remove_prefix(std::min(piece, text.size()));
        } else if (!is_finished) {
            reader.finish();
            is_finished = true;
        } else {
            break;
        }
    }
    if (reader.head())
        read.head = *reader.head();
    read.warnings = reader.take_warnings();
    return read;
}

}  // namespace tendril::record
