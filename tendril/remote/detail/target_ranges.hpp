#pragma once

/// @file
/// Ranges in names: `web[01-03,7]`. Pure. Layer: remote. Parity row K15.

#include <tendril/remote/target.hpp>

namespace tendril::remote::detail {

/// What @p text stands for, at most @p most names; brackets that hold a colon are an address and stay.
[[nodiscard]] std::expected<std::vector<std::string>, target_flaw> expand_ranges(std::string_view text,
                                                                                 std::size_t most);

}  // namespace tendril::remote::detail
