#include <tendril/wire/frame_reader.hpp>

#include <algorithm>

namespace tendril::wire {

namespace {

constexpr std::size_t whole_up_to = 16UL * 1024;
constexpr std::size_t least_part = 8UL * 1024;  // a relay puts a header before each

std::expected<frame_header, error_code> header_in(base::byte_view bytes) noexcept
{
    encoded_header header;
    std::ranges::copy(bytes.first(header_bytes), header.begin());
    return decode(header);
}

}  // namespace

error_code frame_reader::feed(base::byte_view bytes, frame_handler const& on_frame)
{
    while (!broken_)
        if ((!under_way_ && !take_header(bytes)) || !give_piece(bytes, on_frame))
            break;
    return broken_;
}

/// False when it is not there yet, or is none.
bool frame_reader::take_header(base::byte_view& bytes)
{
    bool const is_here = held_.empty() && bytes.size() >= header_bytes;
    if (!is_here && !hold_up_to(header_bytes, bytes))
        return false;
    auto const header = header_in(is_here ? bytes : base::byte_view(held_));
    if (is_here)
        bytes = bytes.subspan(header_bytes);
    held_.clear();
    if (header)
        under_way_ = *header;
    else
        broken_ = header.error();
    return header.has_value();
}

/// Gives what there is of the piece under way, or holds it. False when there is no more.
bool frame_reader::give_piece(base::byte_view& bytes, frame_handler const& on_frame)
{
    auto const wanted = under_way_->size;
    bool const is_cut = wanted > whole_up_to && bytes.size() + held_.size() >= least_part;
    if (held_.empty() && (is_cut || bytes.size() >= wanted)) {
        auto const piece = bytes.first(std::min<std::size_t>(bytes.size(), wanted));
        bytes = bytes.subspan(piece.size());
        give(piece, on_frame);
        return true;
    }
    if (!is_cut && !hold_up_to(wanted, bytes))
        return false;
    give(held_, on_frame);
    held_.clear();
    return true;
}

/// The next part of the frame under way. What follows is a frame that begins behind it.
void frame_reader::give(base::byte_view piece, frame_handler const& on_frame)
{
    auto part = *under_way_;
    part.size = static_cast<std::uint32_t>(piece.size());
    if (part.size == under_way_->size) {
        under_way_.reset();
    } else {
        under_way_->offset += part.size;
        under_way_->size -= part.size;
    }
    on_frame(part, piece);
}

/// True when that much is held.
bool frame_reader::hold_up_to(std::size_t wanted, base::byte_view& bytes)
{
    if (held_.size() < wanted) {
        auto const taken = bytes.first(std::min(bytes.size(), wanted - held_.size()));
        held_.insert(held_.end(), taken.begin(), taken.end());
        bytes = bytes.subspan(taken.size());
    }
    return held_.size() >= wanted;
}

}  // namespace tendril::wire
