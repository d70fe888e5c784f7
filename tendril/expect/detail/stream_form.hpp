#pragma once

/// @file
/// What a pattern is to the search in a stream. Layer: expect.

#include <tendril/expect/detail/byte_program.hpp>

#include <cstddef>
#include <memory>

namespace tendril::expect::detail {

/// Both readings of one pattern.
struct stream_form {
    byte_program forward;
    byte_program backward;
    std::size_t exact_bytes = 0;  ///< the length of a verbatim text; 0 for an expression
};

using stream_form_ptr = std::shared_ptr<stream_form const>;  // shared by the copies of a pattern

}  // namespace tendril::expect::detail
