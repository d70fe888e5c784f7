#include <tendril/wire/assembler.hpp>
#include <tendril/wire/error.hpp>

#include <algorithm>
#include <utility>

namespace tendril::wire {

namespace {

constexpr std::size_t reserved_at_once = 4UL * 1024 * 1024;

message begun_by(frame_header const& header, base::byte_view piece)
{
    return {.dst = header.dst,
            .src = header.src,
            .auth = header.auth,
            .handle = header.handle,
            .reply_to = header.reply_to,
            .is_dead = header.kind == frame_kind::dead,
            .data = byte_buffer(piece.begin(), piece.end())};
}

bool continues(message const& begun, frame_header const& header)
{
    return begun.data.size() == header.offset && begun.dst == header.dst && begun.auth == header.auth &&
           begun.handle == header.handle && begun.reply_to == header.reply_to &&
           begun.is_dead == (header.kind == frame_kind::dead);
}

}  // namespace

std::expected<std::optional<message>, error_code> assembler::take(frame_header const& header,
                                                                  base::byte_view piece)
{
    if (header.total > limits_.message_bytes)
        return std::unexpected(make_error_code(errc::message_too_large));
    bool const is_first = header.offset == 0;
    bool const is_last = header.offset + piece.size() == header.total;
    if (is_first && is_last)
        return begun_by(header, piece);
    if (piece.empty())
        return fail(header.src, make_error_code(errc::not_a_part));

    auto& source = sources_[header.src];
    if (source.bytes + piece.size() > limits_.source_bytes)
        return fail(header.src, make_error_code(errc::too_many_messages));
    auto found = source.unfinished.find(header.number);
    if (is_first) {
        if (found != source.unfinished.end())
            return fail(header.src, make_error_code(errc::not_a_part));
        if (source.unfinished.size() == limits_.source_messages)
            return fail(header.src, make_error_code(errc::too_many_messages));
        auto& begun = source.unfinished.emplace(header.number, begun_by(header, piece)).first->second;
        // Addresses, not memory: what is not written to costs nothing, and most messages need no second one.
        begun.data.reserve(std::min<std::size_t>(header.total, reserved_at_once));
        source.bytes += piece.size();
        return std::nullopt;
    }
    if (found == source.unfinished.end() || !continues(found->second, header))
        return fail(header.src, make_error_code(errc::not_a_part));
    auto& data = found->second.data;
    data.insert(data.end(), piece.begin(), piece.end());
    source.bytes += piece.size();
    if (!is_last)
        return std::nullopt;
    source.bytes -= data.size();
    auto whole = std::move(found->second);
    source.unfinished.erase(found);
    if (source.unfinished.empty())
        sources_.erase(header.src);
    return whole;
}

void assembler::forget(context_id source)
{
    sources_.erase(source);
}

std::size_t assembler::held_bytes() const noexcept
{
    std::size_t bytes = 0;
    for (auto const& [id, source] : sources_)
        bytes += source.bytes;
    return bytes;
}

std::expected<std::optional<message>, error_code> assembler::fail(context_id source, error_code why)
{
    forget(source);
    return std::unexpected(why);
}

}  // namespace tendril::wire
