#include <tendril/term/history.hpp>

#include <algorithm>
#include <utility>

namespace tendril::term {

namespace {

// A block begins small for terminals that never scroll and doubles: a thousand lines of text fill the
// largest.
constexpr std::size_t first_block_bytes = 4 * 1024;
constexpr std::size_t largest_block_bytes = 64 * 1024;

}  // namespace

void history::push(row const& line)
{
    if (!begin_push())
        return;
    auto const plain = line.glyphs().empty() && line.styles().empty() && line.decorations().empty() &&
                       line.fill() == rendition();
    if (plain && push_plain(line.bytes(), line.readable(), detail::flags_of(line)))
        return;
    packing_.measure(line);
    if (make_room(packing_.bytes)) {
        blocks_.back().append(line, packing_);
        ++size_;
    } else {
        push_plain({}, 0, 0);
    }
}

void history::push_wrapped(std::span<std::uint8_t const> latin, std::ptrdiff_t readable)
{
    if (begin_push() && !push_plain(latin, readable, detail::packed_header::wrapped))
        push_plain({}, 0, 0);
}

/// Counts a line, and drops the one whose place it takes. Returns whether lines are kept.
bool history::begin_push()
{
    ++pushed_;
    if (limit_lines_ == 0)
        return false;
    if (size_ == limit_lines_)
        drop_oldest_line();
    return true;
}

/// Returns whether the limit allowed it.
bool history::push_plain(std::span<std::uint8_t const> latin, std::ptrdiff_t readable, std::uint8_t flags)
{
    if (!make_room(sizeof(detail::packed_header) + latin.size()))
        return false;
    blocks_.back().append_plain(latin, readable, flags);
    ++size_;
    return true;
}

bool history::make_room(std::size_t bytes)
{
    return (!blocks_.empty() && blocks_.back().has_room(bytes)) || start_block(bytes);
}

/// Adds an empty block with room for a line of @p least bytes. Returns whether the limit allows one.
bool history::start_block(std::size_t least)
{
    least += sizeof(std::uint32_t);
    auto const usual =
        blocks_.empty() ? first_block_bytes : std::min(2 * blocks_.back().capacity(), largest_block_bytes);
    auto const capacity = std::max(least, std::min(usual, std::max(first_block_bytes, limit_bytes_ / 8)));
    if (capacity > limit_bytes_)
        return false;
    while (bytes_ + capacity > limit_bytes_)
        drop_oldest_block();
    if (spare_.capacity() != capacity)
        spare_ = block(capacity);
    spare_.start_at(pushed_ - 1);
    blocks_.push_back(std::exchange(spare_, {}));
    bytes_ += capacity;
    return true;
}

void history::drop_oldest_line() noexcept
{
    if (!cold_.empty()) {
        bytes_ -= cold_.drop_first();
        --size_;
        return;
    }
    auto& oldest = blocks_[first_block_];
    oldest.drop_first();
    --size_;
    if (oldest.empty())
        drop_oldest_block();
}

void history::drop_oldest_block() noexcept
{
    if (!cold_.empty()) {
        std::size_t lines = 0;
        bytes_ -= cold_.drop_first_block(lines);
        size_ -= lines;
        return;
    }
    auto& oldest = blocks_[first_block_];
    size_ -= oldest.size();
    bytes_ -= oldest.capacity();
    oldest.clear();
    spare_ = std::move(oldest);
    ++first_block_;
    tidy_blocks();
}

void history::tidy_blocks() noexcept
{
    if (2 * first_block_ >= blocks_.size()) {
        blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(first_block_));
        first_block_ = 0;
    }
}

/// The block that holds line @p index, which becomes the index in that block; null beyond the end.
history::block const* history::block_of(std::size_t& index) const
{
    if (index >= size_)
        return nullptr;
    auto number = pushed_ - size_ + index;
    if (!cold_.empty() && (first_block_ == blocks_.size() || number < blocks_[first_block_].oldest())) {
        auto const& found = cold_.block_of(number);
        index = static_cast<std::size_t>(number);
        return &found;
    }
    auto const after =
        std::upper_bound(blocks_.begin() + static_cast<std::ptrdiff_t>(first_block_), blocks_.end(), number,
                         [](std::uint64_t wanted, block const& each) { return wanted < each.oldest(); });
    auto const* const found = &*std::prev(after);
    index = static_cast<std::size_t>(number - found->oldest());
    return found;
}

void history::read(std::size_t index, row& into) const
{
    if (auto const* const from = block_of(index))
        from->read(index, into);
    else
        into.clear({});
}

bool history::wrapped(std::size_t index) const
{
    auto const* const from = block_of(index);
    return from && (from->header(index).flags & detail::packed_header::wrapped) != 0;
}

void history::renumber(std::uint64_t pushed) noexcept
{
    cold_.renumber(pushed - pushed_);
    for (auto i = first_block_; i < blocks_.size(); ++i)
        blocks_[i].start_at(blocks_[i].start() + (pushed - pushed_));
    pushed_ = pushed;
}

void history::clear() noexcept
{
    cold_ = {};
    blocks_ = {};
    spare_ = {};
    first_block_ = size_ = bytes_ = 0;
}

void history::set_limits(std::size_t lines, std::size_t bytes)
{
    limit_lines_ = lines;
    while (size_ > limit_lines_)
        drop_oldest_line();
    auto const packs_anew = bytes_ > bytes;
    limit_bytes_ = bytes;
    if (!packs_anew)
        return;
    history anew(lines, bytes);
    row line;
    for (std::size_t i = 0; i < size_; ++i) {
        read(i, line);
        anew.push(line);
    }
    anew.renumber(pushed_);
    *this = std::move(anew);
}

bool history::compress(std::size_t spared, std::size_t most)
{
    auto const is_due = [&] {
        return blocks_.size() - first_block_ > 1 && pushed_ - blocks_[first_block_ + 1].oldest() >= spared;
    };
    for (; is_due() && most > 0; --most) {
        auto const before = cold_.bytes();
        auto& oldest = blocks_[first_block_];
        if (!cold_.push(oldest))
            return false;
        bytes_ -= oldest.capacity();
        bytes_ += cold_.bytes() - before;
        oldest = {};
        ++first_block_;
        tidy_blocks();
    }
    return is_due();
}

std::vector<std::uint32_t> history::clusters() const
{
    std::vector<std::uint32_t> all;
    cold_.for_each([&](block const& each) { each.list_clusters(all); });
    for (auto i = first_block_; i < blocks_.size(); ++i)
        blocks_[i].list_clusters(all);
    return all;
}

std::vector<std::uint32_t> history::decorations() const
{
    std::vector<std::uint32_t> all;
    cold_.for_each([&](block const& each) { each.list_decorations(all); });
    for (auto i = first_block_; i < blocks_.size(); ++i)
        blocks_[i].list_decorations(all);
    return all;
}

}  // namespace tendril::term
