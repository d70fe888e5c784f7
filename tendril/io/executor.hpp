#pragma once

/// @file
/// The event loop as every layer above sees it: the user's Asio executor. Layer: io (base).

#include <boost/asio/any_io_executor.hpp>

namespace tendril {

namespace asio = boost::asio;

namespace io {

/// Where completions run. The user supplies it; the library never makes a loop or a thread of its own.
using executor = asio::any_io_executor;

}  // namespace io
}  // namespace tendril
