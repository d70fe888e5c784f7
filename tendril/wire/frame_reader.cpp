#include <tendril/wire/frame_reader.hpp>

#include <algorithm>

namespace tendril::wire {

namespace {

std::expected<frame_header, error_code> header_in(base::byte_view bytes) noexcept
{
    encoded_header header;
    std::ranges::copy(bytes.first(header_bytes), header.begin());
    return decode(header);
}

}  // namespace

error_code frame_reader::feed(base::byte_view bytes, frame_handler const& on_frame)
{
    if (!broken_ && !held_.empty())
        broken_ = finish_held(bytes, on_frame);
    while (!broken_ && bytes.size() >= header_bytes) {
        auto const header = header_in(bytes);
        if (!header) {
            broken_ = header.error();
            break;
        }
        auto const whole = header_bytes + header->size;
        if (bytes.size() < whole)
            break;
        auto const piece = bytes.subspan(header_bytes, header->size);
        bytes = bytes.subspan(whole);
        on_frame(*header, piece);
    }
    if (!broken_)
        held_.insert(held_.end(), bytes.begin(), bytes.end());
    return broken_;
}

/// Completes the frame whose beginning came before, as far as @p bytes go.
error_code frame_reader::finish_held(base::byte_view& bytes, frame_handler const& on_frame)
{
    if (!hold_up_to(header_bytes, bytes))
        return {};
    auto const header = header_in(held_);
    if (!header)
        return header.error();
    if (!hold_up_to(header_bytes + header->size, bytes))
        return {};
    on_frame(*header, base::byte_view(held_).subspan(header_bytes));
    held_.clear();
    return {};
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
