#pragma once

/// @file
/// One large buffer a thread, lent to whoever reads next. Layer: io (base).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace tendril::io {

/// 64 KiB, as much as a pipe holds. Twisted's 8 KiB cost it a factor of five; a buffer for each child or
/// session would cost memory that grows with their number.
///
/// Threads: may be given back in another thread, which lends it on from then on.
/// Cost:    an allocation the first time in a thread, and for a lease while another one is out.
class read_buffer_lease {
public:
    static constexpr std::size_t size_bytes = 64UL * 1024;  ///< as much as a pipe holds
    static constexpr std::size_t large_size_bytes =
        256UL * 1024;  ///< what a socket gives at once, with headers

    enum class size : std::uint8_t { ordinary, large };

    explicit read_buffer_lease(size which = size::ordinary);
    read_buffer_lease(read_buffer_lease const&) = delete;
    read_buffer_lease& operator=(read_buffer_lease const&) = delete;
    ~read_buffer_lease();

    [[nodiscard]] std::span<std::byte> bytes() noexcept { return {buffer_.get(), bytes_of(which_)}; }

private:
    [[nodiscard]] static std::size_t bytes_of(size which) noexcept
    {
        return which == size::ordinary ? size_bytes : large_size_bytes;
    }

    size which_;
    std::unique_ptr<std::byte[]> buffer_;
};

}  // namespace tendril::io
