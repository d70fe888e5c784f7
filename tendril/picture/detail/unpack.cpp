#include <tendril/picture/detail/unpack.hpp>

#include <cassert>

#include <zlib.h>

namespace tendril::picture::detail {

std::vector<std::uint8_t> unpacked(packed_bytes const& from)
{
    std::vector<std::uint8_t> made(from.unpacked_size);
    auto size = static_cast<uLongf>(made.size());
    [[maybe_unused]] auto const status =
        uncompress(made.data(), &size, from.data, static_cast<uLong>(from.size));
    assert(status == Z_OK && size == made.size());
    return made;
}

}  // namespace tendril::picture::detail
