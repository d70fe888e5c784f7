#pragma once

/// @file
/// Descriptors that go to another process with a few words. Layer: remote (base). Spec: unix(7) SCM_RIGHTS.

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::remote::detail {

/// A datagram with its descriptors.
struct parcel {
    std::string words;
    std::vector<base::unique_fd> descriptors;
};

/// Errors: the errno of sendmsg(2).
[[nodiscard]] result<void> send_parcel(int socket, std::string_view words, std::span<int const> descriptors);

/// Waits for one. Its words are empty when the other end is gone. Errors: the errno of recvmsg(2).
[[nodiscard]] result<parcel> receive_parcel(int socket);

}  // namespace tendril::remote::detail
