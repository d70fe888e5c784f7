#include <tendril/io/read_buffer.hpp>

#include <utility>

namespace tendril::io {

namespace {

thread_local std::unique_ptr<std::byte[]> spare;

}  // namespace

read_buffer_lease::read_buffer_lease() : buffer_(std::move(spare))
{
    if (!buffer_)
        buffer_ = std::make_unique_for_overwrite<std::byte[]>(size_bytes);
}

read_buffer_lease::~read_buffer_lease()
{
    spare = std::move(buffer_);
}

}  // namespace tendril::io
