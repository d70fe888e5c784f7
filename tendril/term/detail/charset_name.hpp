#pragma once

/// @file
/// What SCS calls the character sets. Layer: term. Spec: VT510 manual, SCS; xterm ctlseqs.

#include <tendril/term/detail/charset.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tendril::term::detail {

/// A set as it is designated: the bytes behind the intermediate that says where it goes.
struct charset_name {
    std::string_view designator;
    bool has_96;
};

/// The usual name of @p set.
[[nodiscard]] charset_name name_of(charset set) noexcept;

/// The set called @p designator among those of 94 or of 96 characters; empty when there is none.
[[nodiscard]] std::optional<charset> charset_named(std::string_view designator, bool among_96) noexcept;

/// The control function that makes @p set G@p index; a set of 96 characters cannot be G0.
[[nodiscard]] std::string designation(charset set, std::size_t index);

}  // namespace tendril::term::detail
