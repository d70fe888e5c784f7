#pragma once

/// @file
/// Font data as it was before the build compressed it. Layer: picture.

#include <tendril/picture/detail/font_data.hpp>

#include <cstdint>
#include <vector>

namespace tendril::picture::detail {

/// The bytes of @p from, which the build wrote: it cannot fail.
[[nodiscard]] std::vector<std::uint8_t> unpacked(packed_bytes const& from);

}  // namespace tendril::picture::detail
