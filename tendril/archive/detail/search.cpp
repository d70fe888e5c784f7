#include <tendril/archive/detail/phrase.hpp>
#include <tendril/archive/detail/schema.hpp>
#include <tendril/archive/detail/search.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tendril::archive::detail {

namespace {

// Nobody can write into the index while a statement has rows to give, so what is handed out was read before.
// The first line is to come at once; each further piece begins the search anew.
constexpr std::size_t first_piece_bytes = 4 * 1024;
constexpr std::size_t largest_piece_bytes = 16 * 1024 * 1024;

struct piece {
    std::vector<finding> lines;
    std::int64_t last = 0;  // the number of the last line
    bool is_all = false;
};

result<piece> read_piece(statement& asked, std::int64_t after, std::size_t most_bytes)
{
    piece got{.lines = {}, .last = after};
    asked.bind(2, after);
    for (std::size_t bytes = 0; bytes < most_bytes; bytes += sizeof(finding) + got.lines.back().text.size()) {
        auto const row = asked.step();
        if (!row)
            return std::unexpected(row.error());
        if (!*row) {
            got.is_all = true;
            return got;
        }
        got.last = asked.number(3);
        auto const place = got.last & ((std::int64_t{1} << lines_per_recording_bits) - 1);
        got.lines.push_back({.path = std::string(asked.text(0)),
                             .at = record::moment(asked.number(1)),
                             .text = std::string(asked.text(2)),
                             .in_header = place == 0});
    }
    asked.reset();
    return got;
}

}  // namespace

result<void> search(database& in, std::string_view text, std::function<bool(finding const&)> const& take)
{
    auto const phrase = phrase_of(in, text);
    if (!phrase)
        return std::unexpected(phrase.error());
    if (phrase->empty())
        return {};
    auto asked =
        in.prepare("SELECT recording.path, line.at, line.text, line.rowid FROM line CROSS JOIN recording "
                   "ON recording.id = line.rowid >> 32 "
                   "WHERE line MATCH ? AND line.rowid > ? AND recording.bytes <> ? ORDER BY line.rowid");
    if (!asked)
        return std::unexpected(asked.error());
    asked->bind(1, *phrase);
    asked->bind(3, unfinished_bytes);
    std::int64_t after = 0;
    for (auto room = first_piece_bytes;; room = std::min(room * 4, largest_piece_bytes)) {
        auto const got = read_piece(*asked, after, room);
        if (!got)
            return std::unexpected(got.error());
        for (auto const& each : got->lines)
            if (!take(each))
                return {};
        if (got->is_all)
            return {};
        after = got->last;
    }
}

}  // namespace tendril::archive::detail
