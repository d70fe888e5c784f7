#pragma once

/// @file
/// Text that must not be seen: no printing, no copy, wiped when it goes. Layer: base. Spec:
/// explicit_bzero(3).

#include <cstddef>
#include <memory>
#include <string_view>

namespace tendril::base {

/// A password. It has no conversion to text and no stream operator: reveal() is what to grep for.
///
/// Ownership: owns its memory, wiped before it is freed.
class secret {
public:
    secret() noexcept = default;

    /// Copies @p text; the caller wipes the original.
    explicit secret(std::string_view text);

    secret(secret&& other) noexcept;
    secret& operator=(secret&& other) noexcept;
    ~secret();

    /// The text itself. Lifetime: as long as the object.
    [[nodiscard]] std::string_view reveal() const noexcept { return {text_.get(), size_}; }

private:
    void wipe() noexcept;

    std::unique_ptr<char[]> text_;
    std::size_t size_ = 0;
};

}  // namespace tendril::base
