#include <tendril/term/detail/seen_line.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

namespace tendril::term::detail {

namespace {

constexpr std::uint64_t spread = 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio: spreads neighbouring numbers

/// Four words at a time, none of which waits for another.
std::uint64_t hash_of(void const* at, std::size_t bytes, std::uint64_t start) noexcept
{
    std::array<std::uint64_t, 4> lanes{start, start ^ 1, start ^ 2, start ^ 3};
    auto const* from = static_cast<char const*>(at);
    for (; bytes >= sizeof lanes; bytes -= sizeof lanes, from += sizeof lanes) {
        std::array<std::uint64_t, 4> words;
        std::memcpy(words.data(), from, sizeof words);
        for (std::size_t i = 0; i < lanes.size(); ++i)
            lanes[i] = (std::rotl(lanes[i], 29) ^ words[i]) * spread;
    }
    std::array<std::uint64_t, 4> words{};
    if (bytes != 0)
        std::memcpy(words.data(), from, bytes);
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        auto const lane = (std::rotl(lanes[i], 29) ^ words[i]) * spread;
        hash = (hash ^ lane ^ lane >> 31) * spread;
    }
    return hash ^ hash >> 29;
}

cell blank_in(rendition fill) noexcept
{
    return {.style = fill, .shown = {}, .decoration = 0};
}

/// The number of bits set up to that of @p column.
std::size_t rank_of(column_mask const& in, int column) noexcept
{
    auto const last = static_cast<unsigned>(column) / columns_a_word;
    std::size_t rank = 0;
    for (std::size_t word = 0; word < last; ++word)
        rank += static_cast<std::size_t>(std::popcount(in[word]));
    auto const upto =
        ~std::uint64_t{0} >> (columns_a_word - 1 - static_cast<unsigned>(column) % columns_a_word);
    return rank + static_cast<std::size_t>(std::popcount(in[last] & upto));
}

}  // namespace

int text_end(row const& line) noexcept
{
    auto end = line.used();
    while (end > 0 && line.at(end - 1) == blank_in(line.fill()))
        --end;
    return end;
}

std::uint64_t text_hash(row const& line) noexcept
{
    auto const bytes = line.bytes();
    auto const glyphs = line.glyphs();
    auto const used = static_cast<std::uint64_t>(line.used());
    return glyphs.empty() ? hash_of(bytes.data(), bytes.size(), used)
                          : hash_of(glyphs.data(), glyphs.size_bytes(), used);
}

void find_style_changes(row const& line, column_mask& changes)
{
    auto const styles = line.styles();
    changes.clear();
    if (styles.empty())
        return;
    auto const columns = static_cast<int>(styles.size());
    changes.resize(words_for(columns));
    changes[0] = styles[0] != rendition() ? 1u : 0u;
    auto const* const all = styles.data();
    mark_columns(
        changes, 1, columns, [&](int x) { return differing_styles(all + x, all + x - 1); },
        [&](int x) { return all[x] != all[x - 1]; });
}

cell seen_line::at(int column) const noexcept
{
    if (whole_)
        return whole_->at(column);
    if (column >= used_)
        return blank_in(fill_);
    auto const rank = changes_.empty() ? 0 : rank_of(changes_, column);
    return {.style = rank == 0 ? rendition() : styles_[rank - 1],
            .shown = glyph::character(text_[static_cast<std::size_t>(column)]),
            .decoration = 0};
}

bool seen_line::shows_same_as(row const& line) const noexcept
{
    if (whole_)
        return whole_->shows_same_as(line);
    if (fill_ != line.fill())
        return false;
    auto const bytes = line.bytes();
    if (is_packable(line) && bytes.size() == used_)
        return std::ranges::equal(this->bytes(), bytes) && has_styles(line.styles());
    for (int x = 0; x < std::max(used(), line.used()); ++x)
        if (at(x) != line.at(x))
            return false;
    return true;
}

/// Whether the stored columns have these renditions, or the default ones if there are none.
bool seen_line::has_styles(std::span<rendition const> all) const noexcept
{
    rendition style;
    auto taken = styles_.begin();
    for (int x = 0; x < used();) {
        if (!changes_.empty() && next_column(changes_, x, x + 1) == x)
            style = *taken++;
        auto const next = changes_.empty() ? used() : next_column(changes_, x + 1, used());
        auto const differs = [&](rendition each) { return each != style; };
        if (all.empty() ? style != rendition() : std::any_of(all.begin() + x, all.begin() + next, differs))
            return false;
        x = next;
    }
    return true;
}

bool seen_line::refers_to_tables() const noexcept
{
    for (int x = 0; whole_ && x < whole_->used(); ++x)
        if (auto const each = whole_->at(x); each.shown.is_cluster() || each.decoration != 0)
            return true;
    return false;
}

void seen_line::blank(rendition fill) noexcept
{
    identity_ = no_identity;
    generation_ = 0;
    hash_ = hash_of(nullptr, 0, 0);
    fill_ = fill;
    used_ = text_end_ = 0;
    wrapped_ = false;
    size_ = line_size::single;
    changes_.clear();
    styles_.clear();
    whole_.reset();
}

void seen_line::show(row const& line, std::uint64_t hash, column_mask const* changes)
{
    identity_ = line.identity();
    generation_ = line.generation();
    hash_ = hash;
    fill_ = line.fill();
    used_ = static_cast<std::uint16_t>(line.used());
    text_end_ = static_cast<std::uint16_t>(detail::text_end(line));
    if (!is_packable(line)) {
        whole_ = line;
        changes_.clear();
        styles_.clear();
        return;
    }
    whole_.reset();
    auto const bytes = line.bytes();
    text_.assign(bytes.begin(), bytes.end());
    if (!changes)
        return;
    changes_ = *changes;
    styles_.clear();
    auto const all = line.styles();
    each_column(changes_, [&](std::size_t x) {
        styles_.push_back(all[x]);
        return true;
    });
}

}  // namespace tendril::term::detail
