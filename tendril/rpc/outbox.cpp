#include <tendril/rpc/outbox.hpp>
#include <tendril/rpc/well_known.hpp>

#include <algorithm>
#include <utility>

namespace tendril::rpc {

namespace {

constexpr std::size_t small_message = 16UL * 1024;  // copied rather than taken in turns
constexpr std::size_t turns_a_batch = 4;            // 256 KiB: about what a socket takes at once
constexpr std::size_t kept_capacity = 256UL * 1024;

/// Calls that are in no chain have no order among them.
wire::handle reply_of(wire::handle handle, wire::handle reply_to) noexcept
{
    return handle == well_known::call ? reply_to : 0;
}

}  // namespace

std::size_t outbox::flow_hash::operator()(flow_key const& key) const noexcept
{
    auto const mixed = (std::uint64_t{key.src} << 32U | key.dst) ^
                       ((std::uint64_t{key.reply_to} << 32U | key.handle) * 0x9E3779B97F4A7C15U);
    return std::hash<std::uint64_t>{}(mixed);
}

std::size_t outbox::relayed_bytes(link_id from) const noexcept
{
    auto const found = relayed_.find(from);
    return found == relayed_.end() ? 0 : found->second;
}

/// A small message overtakes large ones, but not those of its own flow.
bool outbox::goes_at_once(flow_key const& key, std::size_t total) const
{
    return total <= small_message && (flows_.empty() || !flows_.contains(key));
}

void outbox::push(wire::message what, std::uint32_t number)
{
    flow_key const key{what.src, what.dst, what.handle, reply_of(what.handle, what.reply_to)};
    auto const total = what.data.size();
    wire::outgoing_message out(std::move(what), number);
    if (goes_at_once(key, total)) {
        auto const only = out.next();
        append(only->header, only->piece, std::nullopt);
        return;
    }
    own_bytes_ += total + wire::header_bytes * ((total + wire::largest_piece - 1) / wire::largest_piece);
    if (total == 0)
        own_bytes_ += wire::header_bytes;
    enqueue(key, std::move(out));
}

void outbox::relay(link_id from, wire::frame_header const& header, base::byte_view piece)
{
    flow_key const key{header.src, header.dst, header.handle, reply_of(header.handle, header.reply_to)};
    auto const encoded = wire::encode(header);
    if (goes_at_once(key, header.total)) {
        append(encoded, piece, from);
        return;
    }
    wire::byte_buffer bytes;
    bytes.reserve(wire::header_bytes + piece.size());
    bytes.insert(bytes.end(), encoded.begin(), encoded.end());
    bytes.insert(bytes.end(), piece.begin(), piece.end());
    relayed_bytes_ += bytes.size();
    relayed_[from] += bytes.size();
    enqueue(key, relayed_frame{from, std::move(bytes)});
}

void outbox::append(wire::encoded_header const& header, base::byte_view piece, std::optional<link_id> from)
{
    ready_.insert(ready_.end(), header.begin(), header.end());
    ready_.insert(ready_.end(), piece.begin(), piece.end());
    auto const bytes = header.size() + piece.size();
    if (!ready_shares_.empty() && ready_shares_.back().from == from)
        ready_shares_.back().bytes += bytes;
    else
        ready_shares_.push_back({bytes, from});
    (from ? relayed_bytes_ : own_bytes_) += bytes;
    if (from)
        relayed_[*from] += bytes;
}

void outbox::enqueue(flow_key const& key, item what)
{
    auto& into = flows_[key];
    if (into.empty())
        turns_.push_back(key);
    into.push_back(std::move(what));
}

std::size_t outbox::gather(std::span<base::byte_view> into)
{
    if (written_views_ == views_.size())
        next_batch();
    auto const rest = std::span(views_).subspan(written_views_);
    auto const count = std::min(rest.size(), into.size());
    std::ranges::copy(rest.first(count), into.begin());
    return count;
}

void outbox::next_batch()
{
    views_.clear();
    headers_.clear();
    held_.clear();
    written_views_ = 0;
    sending_.clear();
    if (sending_.capacity() > kept_capacity)
        sending_ = {};
    std::swap(sending_, ready_);
    shares_.insert(shares_.end(), ready_shares_.begin(), ready_shares_.end());
    ready_shares_.clear();
    if (!sending_.empty())
        views_.emplace_back(sending_);
    held_.reserve(turns_a_batch);
    for (std::size_t turn = 0; turn < turns_a_batch && !turns_.empty(); ++turn)
        take_turn();
}

/// One piece of the flow whose turn it is.
void outbox::take_turn()
{
    auto const key = turns_.front();
    turns_.pop_front();
    auto const found = flows_.find(key);
    auto& waiting = found->second;
    if (auto* const own = std::get_if<wire::outgoing_message>(&waiting.front())) {
        auto const part = *own->next();
        views_.emplace_back(headers_.emplace_back(part.header));
        if (!part.piece.empty())
            views_.push_back(part.piece);
        shares_.push_back({wire::header_bytes + part.piece.size(), std::nullopt});
        if (own->remaining() == 0) {
            held_.push_back(std::move(waiting.front()));  // the bytes of a moved vector stay where they are
            waiting.pop_front();
        }
    } else {
        held_.push_back(std::move(waiting.front()));
        waiting.pop_front();
        auto const& frame = std::get<relayed_frame>(held_.back());
        views_.emplace_back(frame.bytes);
        shares_.push_back({frame.bytes.size(), frame.from});
    }
    if (waiting.empty())
        flows_.erase(found);
    else
        turns_.push_back(key);
}

void outbox::wrote(std::size_t bytes)
{
    settle(bytes);
    while (bytes > 0) {
        auto& first = views_[written_views_];
        auto const taken = std::min(bytes, first.size());
        first = first.subspan(taken);
        bytes -= taken;
        if (first.empty())
            ++written_views_;
    }
}

void outbox::settle(std::size_t bytes)
{
    while (bytes > 0) {
        auto& first = shares_.front();
        auto const taken = std::min(bytes, first.bytes);
        (first.from ? relayed_bytes_ : own_bytes_) -= taken;
        if (first.from) {
            auto const account = relayed_.find(*first.from);
            account->second -= taken;
            if (account->second == 0)
                relayed_.erase(account);
        }
        first.bytes -= taken;
        bytes -= taken;
        if (first.bytes == 0)
            shares_.pop_front();
    }
}

}  // namespace tendril::rpc
