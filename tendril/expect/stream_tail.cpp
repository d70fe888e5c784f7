#include <tendril/expect/detail/stream_tail.hpp>

#include <algorithm>

namespace tendril::expect::detail {

namespace {

// A long buffer is given back rather than kept for the next flood.
constexpr std::size_t small_buffer_bytes = 64 * 1024;

}  // namespace

void stream_tail::append(std::string_view bytes)
{
    kept_ += bytes;
    if (kept_.size() > 2 * limit_bytes_)
        drop(kept_.size() - limit_bytes_ - 1);
}

void stream_tail::release_before(std::uint64_t offset)
{
    auto const needed = std::max(std::min(offset, end()), begin_ + 1) - 1;
    auto const unneeded = static_cast<std::size_t>(needed - begin_);
    // Erasing moves the rest: wait until what is gained is worth it.
    if (unneeded > kept_.size() / 2)
        drop(unneeded);
}

void stream_tail::drop(std::size_t count)
{
    kept_.erase(0, count);
    begin_ += count;
    if (kept_.size() < small_buffer_bytes / 2 && kept_.capacity() > small_buffer_bytes)
        kept_.shrink_to_fit();
}

std::string_view stream_tail::between(std::uint64_t first, std::uint64_t last) const noexcept
{
    return std::string_view(kept_).substr(static_cast<std::size_t>(first - begin_),
                                          static_cast<std::size_t>(last - first));
}

neighbour stream_tail::before(std::uint64_t offset) const noexcept
{
    if (offset == 0)
        return neighbour::edge;
    return offset > begin_ ? neighbour_of(kept_[static_cast<std::size_t>(offset - begin_ - 1)])
                           : neighbour::unknown;
}

}  // namespace tendril::expect::detail
