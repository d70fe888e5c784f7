#pragma once

/// @file
/// Finds the frames in a stream. Layer: wire (base). Spec: docs/protocol.md "Frames".

#include <tendril/wire/frame.hpp>

#include <functional>
#include <optional>
#include <vector>

namespace tendril::wire {

/// Bytes in, frames out, however the stream is cut.
///
/// A piece of more than 16 KiB of which only a part has come is given as several frames that follow each
/// other, as its sender could have cut it: so that nothing waits for its end, and it is copied by nobody but
/// whoever puts messages together.
/// Memory: at most 16 KiB. Threads: distinct objects are safe.
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
    [[nodiscard]] bool within_frame() const noexcept { return under_way_ || !held_.empty(); }

private:
    bool take_header(base::byte_view& bytes);
    bool give_piece(base::byte_view& bytes, frame_handler const& on_frame);
    void give(base::byte_view piece, frame_handler const& on_frame);
    bool hold_up_to(std::size_t wanted, base::byte_view& bytes);

    std::optional<frame_header> under_way_;  // whose piece has not come whole
    std::vector<std::byte> held_;            // the beginning of a header, or of that piece
    error_code broken_;
};

}  // namespace tendril::wire
