#pragma once

/// @file
/// Lines that have words, read in pieces. Layer: archive.

#include <tendril/archive/catalog.hpp>
#include <tendril/archive/detail/database.hpp>

#include <functional>
#include <string_view>

namespace tendril::archive::detail {

/// What catalog::search() does, in the index @p in.
[[nodiscard]] result<void> search(database& in, std::string_view text,
                                  std::function<bool(finding const&)> const& take);

}  // namespace tendril::archive::detail
