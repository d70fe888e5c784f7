#pragma once

/// @file
/// Bytes in any chunking made into valid UTF-8, as JSON needs it.
/// Layer: record (base). Spec: Unicode 15 section 3.9, table 3-7 and "substitution of maximal subparts".

#include <tendril/base/bytes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace tendril::record {

/// Turns a stream of bytes into valid UTF-8: a character cut by the end of a chunk waits for its rest, and
/// what can never become a character is replaced by U+FFFD.
///
/// Total: any bytes in any chunking; the same bytes give the same text however they are cut.
class utf8_carry {
public:
    /// Appends to @p text what @p bytes complete.
    void push(base::byte_view bytes, std::string& text);

    /// Appends U+FFFD for a character that never got its rest.
    void finish(std::string& text);

    /// How many bytes did not survive, over the whole stream.
    [[nodiscard]] std::uint64_t replaced_bytes() const noexcept { return replaced_bytes_; }

    /// True while a character waits for its rest.
    [[nodiscard]] bool is_waiting() const noexcept { return carried_size_ > 0; }

private:
    void replace(std::size_t count, std::string& text);

    std::array<char, 4> carried_{};
    std::size_t carried_size_ = 0;
    std::uint64_t replaced_bytes_ = 0;
};

}  // namespace tendril::record
