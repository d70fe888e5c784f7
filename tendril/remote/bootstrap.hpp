#pragma once

/// @file
/// From a way in to a running program of ours at the far end.
/// Layer: remote (base, io). Spec: docs/protocol.md "Bootstrap"; docs/adr/0039-first-stage.md; parity row
/// K01.

#include <tendril/remote/carrier.hpp>
#include <tendril/remote/first_stage.hpp>
#include <tendril/remote/image_store.hpp>

#include <chrono>
#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace tendril::remote {

/// What is asked of a bootstrap.
struct bootstrap_options {
    std::string name;  ///< the far program's argv[0] is `tendril:NAME`
    std::string word;  ///< its argv[1]
    caching keep = caching::on;
    std::chrono::milliseconds timeout = std::chrono::seconds(30);  ///< for all of it
    /// What the program is to read first; sent without waiting for it. At most 64 KiB. A far end that has to
    /// be sent the program throws these bytes away and gets them again: no secrets, its login shell may see
    /// them.
    std::vector<std::byte> first_bytes = {};
};

/// A far end at which our program runs.
struct reached {
    std::unique_ptr<carrier> way;
    std::vector<std::byte> early;  ///< what the program said already; what follows is in the stream
    std::size_t image_bytes = 0;   ///< how many had to be sent for the program; 0: it was there
};

/// Goes @p in and runs the right one of @p images there.
///
/// Errors:  those of the way in; bad_option; timed_out; ended; wrong_architecture; nowhere_to_run; no_space;
/// damaged;
///          not_understood. Nothing is left then, neither here nor there; that may take half a second more.
/// Cancels: terminal; ends with an exception, operation_aborted.
/// Cost:    no round trip when the far end has the program, one when not; an image's first compression takes
/// about
///          100 ms a megabyte, in slices of a few.
/// Threads: @p on is a strand, or runs on one thread.
[[nodiscard]] asio::awaitable<std::expected<reached, connect_error>>
bootstrap(io::executor on, way_in in, std::shared_ptr<image_store const> images, bootstrap_options asked);

}  // namespace tendril::remote
