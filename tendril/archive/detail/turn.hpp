#pragma once

/// @file
/// Whose turn it is to read recordings into an index. Layer: archive (base). Spec: flock(2).

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>

#include <string>

namespace tendril::archive::detail {

/// While one lives, no other process, and no other thread, has one for the same index: each recording is read
/// once, and none is taken for an abandoned one while it is being read. Who only searches needs none.
class turn {
public:
    /// Waits as long as it takes. @p index is the path of the index; the lock is a file beside it that stays.
    /// Errors: the errno of open or flock.
    [[nodiscard]] static result<turn> wait_for(std::string const& index);

private:
    explicit turn(base::unique_fd lock) noexcept : lock_(std::move(lock)) {}

    base::unique_fd lock_;
};

}  // namespace tendril::archive::detail
