#pragma once

/// @file
/// What a session calls back for. Layer: session (base, process). Spec: parity row M06.

#include <tendril/base/bytes.hpp>
#include <tendril/process/exit_status.hpp>

#include <cstdint>
#include <functional>

namespace tendril::session {

/// Names a callback, for replacement and removal. A caller's own numbers are as good as those that a session
/// gives out, which begin at 2^63.
enum class callback_id : std::uint64_t {};

/// What callbacks are called for.
enum class session_event {
    update,  ///< output has gone its whole way, or the screen has changed without any
    exit,    ///< the program has ended and its output is read; once
};

/// Told each piece of output as the program wrote it; an empty one for a screen that changed without any.
using update_callback = std::function<void(base::byte_view)>;

/// Told how the program ended.
using exit_callback = std::function<void(process::exit_status)>;

}  // namespace tendril::session
