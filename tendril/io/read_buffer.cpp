#include <tendril/io/read_buffer.hpp>

#include <array>
#include <utility>

namespace tendril::io {

namespace {

/// One of each size.
thread_local std::array<std::unique_ptr<std::byte[]>, 2> spare;

std::unique_ptr<std::byte[]>& spare_of(read_buffer_lease::size which) noexcept
{
    return spare[static_cast<std::size_t>(which)];
}

}  // namespace

read_buffer_lease::read_buffer_lease(size which) : which_(which), buffer_(std::move(spare_of(which)))
{
    if (!buffer_)
        buffer_ = std::make_unique_for_overwrite<std::byte[]>(bytes_of(which_));
}

read_buffer_lease::~read_buffer_lease()
{
    spare_of(which_) = std::move(buffer_);
}

}  // namespace tendril::io
