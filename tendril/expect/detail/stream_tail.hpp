#pragma once

/// @file
/// The raw output that matches may still need. Layer: expect.

#include <tendril/expect/detail/neighbour.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tendril::expect::detail {

/// The last bytes of a stream, addressed by their offset from the stream's start.
///
/// Pressure: at least the last `limit_bytes` that were not released, at most twice as many.
class stream_tail {
public:
    explicit stream_tail(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

    void append(std::string_view bytes);

    /// Bytes before @p offset are not needed any more, but for the one before it.
    void release_before(std::uint64_t offset);

    [[nodiscard]] std::uint64_t begin() const noexcept { return begin_; }
    [[nodiscard]] std::uint64_t end() const noexcept { return begin_ + kept_.size(); }
    [[nodiscard]] std::size_t limit_bytes() const noexcept { return limit_bytes_; }

    /// The bytes from @p first to @p last, which are kept. Lifetime: until the next change.
    [[nodiscard]] std::string_view between(std::uint64_t first, std::uint64_t last) const noexcept;

    /// What stands before @p offset.
    [[nodiscard]] neighbour before(std::uint64_t offset) const noexcept;

private:
    void drop(std::size_t count);

    std::size_t limit_bytes_;
    std::uint64_t begin_ = 0;
    std::string kept_;
};

}  // namespace tendril::expect::detail
