#pragma once

/// @file
/// Text that must not be seen: no printing, no copy, in no core file, wiped when it goes. Layer: base. Spec:
/// explicit_bzero(3), madvise(2) MADV_DONTDUMP, mlock(2).

#include <cstddef>
#include <memory>
#include <string_view>

namespace tendril::base {

/// A password. It has no conversion to text and no stream operator: reveal() is what to grep for.
///
/// Ownership: owns its memory, whole pages: wiped before they are given back, not swapped out where the
/// system allows
///            that (RLIMIT_MEMLOCK), left out of core files.
class secret {
public:
    secret() noexcept = default;

    /// Copies @p text; the caller wipes the original. Errors: std::bad_alloc.
    explicit secret(std::string_view text);

    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;
    ~secret();

    /// The text itself. Lifetime: as long as the object.
    [[nodiscard]] std::string_view reveal() const noexcept { return {text_.get(), size_}; }

private:
    /// Gives pages back.
    struct unmap {
        std::size_t bytes;
        void operator()(char* pages) const noexcept;
    };

    std::unique_ptr<char[], unmap> text_;
    std::size_t size_ = 0;
};

}  // namespace tendril::base
