#pragma once

/// @file
/// Finds the frames in a stream. Layer: wire (base). Spec: docs/protocol.md "Frames".

#include <tendril/wire/frame.hpp>

#include <functional>
#include <vector>

namespace tendril::wire {

/// Bytes in, frames out, however the stream is cut.
///
/// Memory: at most one frame. Threads: distinct objects are safe.
class frame_reader {
public:
    /// Called for each frame; must not throw, nor feed the reader. Lifetime: the piece, until it returns.
    using frame_handler = std::function<void(frame_header const&, base::byte_view piece)>;

    /// Takes in @p bytes. Pieces that lie whole in them are not copied.
    ///
    /// Errors: those of decode(), after which nothing of the stream can be believed: the same error comes
    /// again whatever follows.
    [[nodiscard]] error_code feed(base::byte_view bytes, frame_handler const& on_frame);

    /// True in the middle of a frame: a stream that ends here was cut off.
    [[nodiscard]] bool within_frame() const noexcept { return !held_.empty(); }

private:
    error_code finish_held(base::byte_view& bytes, frame_handler const& on_frame);
    bool hold_up_to(std::size_t wanted, base::byte_view& bytes);

    std::vector<std::byte> held_;  // the beginning of a frame
    error_code broken_;
};

}  // namespace tendril::wire
