#include <tendril/wire/outgoing_message.hpp>

#include <algorithm>
#include <utility>

namespace tendril::wire {

outgoing_message::outgoing_message(message what, std::uint32_t number) noexcept
    : what_(std::move(what)), number_(number)
{
}

std::optional<outgoing_message::part> outgoing_message::next() noexcept
{
    if (is_done_)
        return std::nullopt;
    auto const piece = base::byte_view(what_.data).subspan(offset_, std::min(remaining(), largest_piece));
    auto const header = encode({.kind = what_.is_dead ? frame_kind::dead : frame_kind::data,
                                .size = static_cast<std::uint32_t>(piece.size()),
                                .dst = what_.dst,
                                .src = what_.src,
                                .auth = what_.auth,
                                .handle = what_.handle,
                                .reply_to = what_.reply_to,
                                .number = number_,
                                .offset = static_cast<std::uint32_t>(offset_),
                                .total = static_cast<std::uint32_t>(what_.data.size())});
    offset_ += piece.size();
    is_done_ = remaining() == 0;
    return part{header, piece};
}

}  // namespace tendril::wire
