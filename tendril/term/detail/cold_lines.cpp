#include <tendril/term/detail/cold_lines.hpp>

#include <algorithm>
#include <iterator>
#include <new>

#include <zstd.h>

namespace tendril::term::detail {

namespace {

constexpr int level = 1;  // 3 packs text no better and takes longer

}  // namespace

bool cold_lines::push(line_block const& from)
{
    auto const plain = from.flattened();
    std::vector<std::byte> room(ZSTD_compressBound(plain.size()));
    auto const size = ZSTD_compress(room.data(), room.size(), plain.data(), plain.size(), level);
    if (ZSTD_isError(size) != 0 || size >= from.capacity())
        return false;
    auto bytes = std::make_shared_for_overwrite<std::byte[]>(size);
    std::copy_n(room.data(), size, bytes.get());
    blocks_.push_back({.bytes = std::move(bytes),
                       .size = static_cast<std::uint32_t>(size),
                       .unpacked_size = static_cast<std::uint32_t>(plain.size()),
                       .lines = static_cast<std::uint32_t>(from.size()),
                       .start = from.oldest(),
                       .oldest = from.oldest()});
    return true;
}

std::size_t cold_lines::bytes() const noexcept
{
    std::size_t sum = 0;
    for (auto const& each : blocks_)
        sum += each.size;
    return sum;
}

std::size_t cold_lines::drop_first()
{
    auto& first = blocks_.front();
    if (++first.oldest != first.start + first.lines)
        return 0;
    std::size_t lines = 0;
    return drop_first_block(lines);
}

std::size_t cold_lines::drop_first_block(std::size_t& lines)
{
    auto const& first = blocks_.front();
    lines = static_cast<std::size_t>(first.start + first.lines - first.oldest);
    auto const freed = std::size_t{first.size};
    blocks_.erase(blocks_.begin());
    return freed;
}

line_block cold_lines::unpack(packed const& from)
{
    std::vector<std::byte> plain(from.unpacked_size);
    auto const size = ZSTD_decompress(plain.data(), plain.size(), from.bytes.get(), from.size);
    if (size != plain.size())  // they are our own bytes: only memory can be missing
        throw std::bad_alloc();
    auto made = line_block::from_flattened(plain, from.lines);
    made.start_at(from.start);
    return made;
}

line_block const& cold_lines::block_of(std::uint64_t& number) const
{
    auto const after =
        std::upper_bound(blocks_.begin(), blocks_.end(), number,
                         [](std::uint64_t wanted, packed const& each) { return wanted < each.oldest; });
    auto const& found = *std::prev(after);
    auto const is_it = [&](line_block const& each) { return !each.empty() && each.start() == found.start; };
    if (!is_it(unpacked_[last_])) {
        last_ = 1 - last_;
        if (!is_it(unpacked_[last_]))
            unpacked_[last_] = unpack(found);
    }
    number -= found.start;
    return unpacked_[last_];
}

void cold_lines::renumber(std::uint64_t by) noexcept
{
    for (auto& each : blocks_) {
        each.start += by;
        each.oldest += by;
    }
    unpacked_ = {};
}

}  // namespace tendril::term::detail
