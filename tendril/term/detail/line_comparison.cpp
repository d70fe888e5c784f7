#include <tendril/term/detail/line_comparison.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tendril::term::detail {

void line_comparison::compare(row const& line, seen_line const& was, int end)
{
    auto const words = words_for(std::max(line.used(), 1));
    differs_.assign(words, 0);
    changes_.clear();
    same_styles_ = has_breaks_ = has_repetitions_ = false;
    if (line.glyphs().empty())
        find_style_changes(line, changes_);
    if (is_packable(line) && !was.whole()) {
        compare_packed(line, was, end);
    } else {
        for (int x = 0; x < end; ++x)
            if (line.at(x) != was.at(x))
                set_columns(differs_, x, x + 1);
    }
    find_alone();
}

void line_comparison::find_alone()
{
    alone_.resize(differs_.size());
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < differs_.size(); ++i) {
        auto const here = differs_[i];
        auto const behind = i + 1 < differs_.size() ? differs_[i + 1] : 0;
        std::uint64_t near = 0;
        for (unsigned distance = 1; distance <= 4; ++distance)
            near |= here << distance | before >> (columns_a_word - distance) | here >> distance |
                    behind << (columns_a_word - distance);
        alone_[i] = here & ~near;
        before = here;
    }
}

void line_comparison::find_breaks(row const& line, int end)
{
    if (std::exchange(has_breaks_, true))
        return;
    breaks_ = changes_;
    breaks_.resize(differs_.size());
    auto const* const bytes = line.bytes().data();
    mark_columns(
        breaks_, 0, end, [&](int x) { return bytes_beyond_ascii(bytes + x); },
        [&](int x) { return bytes[x] == 0 || bytes[x] >= 0x80; });
    if (!line.decorations().empty())
        for (int x = 0; x < end; ++x)
            if (line.decorations()[static_cast<std::size_t>(x)] != 0)
                set_columns(breaks_, x, x + 1);
}

void line_comparison::find_repetitions(row const& line, int end)
{
    if (std::exchange(has_repetitions_, true))
        return;
    repeats_.assign(differs_.size(), 0);
    auto const* const bytes = line.bytes().data();
    mark_columns(
        repeats_, 1, end, [&](int x) { return differing_bytes(bytes + x, bytes + x - 1) ^ 0xFFFFu; },
        [&](int x) { return bytes[x] == bytes[x - 1]; });
}

void line_comparison::compare_packed(row const& line, seen_line const& was, int end)
{
    auto const both = std::min(end, was.used());
    auto const* const now_bytes = line.bytes().data();
    auto const* const was_bytes = was.bytes().data();
    mark_columns(
        differs_, 0, both, [&](int x) { return differing_bytes(now_bytes + x, was_bytes + x); },
        [&](int x) { return now_bytes[x] != was_bytes[x]; });
    same_styles_ = has_styles_of(was, line);
    if (!same_styles_)
        compare_styles(line, was, both);
    compare_added(line, was, both, end);
}

/// Whether the renditions of both are the same as far as the shorter one goes, found by their changes only.
bool line_comparison::has_styles_of(seen_line const& was, row const& line) const noexcept
{
    if (changes_ != was.changes())
        return false;
    auto const all = line.styles();
    auto const* style = was.styles().data();
    return each_column(changes_, [&](std::size_t x) { return all[x] == *style++; });
}

/// Goes from change to change of either line.
void line_comparison::compare_styles(row const& line, seen_line const& was, int both)
{
    auto const all = line.styles();
    auto const next_in = [&](column_mask const& in, int x) {
        return in.empty() ? both : next_column(in, x, both);
    };
    rendition was_style;
    std::size_t taken = 0;
    for (int x = 0; x < both;) {
        if (next_in(was.changes(), x) == x && !was.changes().empty())
            was_style = was.styles()[taken++];
        auto const now_style = all.empty() ? rendition() : all[static_cast<std::size_t>(x)];
        auto const next = std::min(next_in(was.changes(), x + 1), next_in(changes_, x + 1));
        if (now_style != was_style)
            set_columns(differs_, x, next);
        x = next;
    }
}

/// Behind what the client's line has stored it is blank.
void line_comparison::compare_added(row const& line, seen_line const& was, int both, int end)
{
    auto const bytes = line.bytes();
    auto const styles = line.styles();
    for (int x = both; x < end; ++x) {
        auto const index = static_cast<std::size_t>(x);
        auto const style = styles.empty() ? rendition() : styles[index];
        if (bytes[index] != 0 || style != was.fill())
            set_columns(differs_, x, x + 1);
    }
}

}  // namespace tendril::term::detail
