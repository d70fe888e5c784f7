// Any bytes as a stream between contexts, cut anywhere: the frames are the same, messages stay within their
// bounds, and what was understood is the same again after it was written.
#include <tendril/wire/assembler.hpp>
#include <tendril/wire/frame_reader.hpp>
#include <tendril/wire/outgoing_message.hpp>
#include <tendril/wire/unpacker.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace tendril;
using namespace tendril::wire;

using frames = std::vector<std::pair<frame_header, byte_buffer>>;

constexpr assembly_limits limits{.message_bytes = 4096, .source_bytes = 8192, .source_messages = 4};

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Parts that a long piece was given in are one again.
void add_to(frames& found, frame_header const& header, base::byte_view piece)
{
    if (!found.empty() && found.back().first.size > 0 && !piece.empty()) {
        auto& [before, bytes] = found.back();
        auto continued = before;
        continued.size = header.size;
        continued.offset += before.size;
        if (continued == header) {
            before.size += header.size;
            bytes.insert(bytes.end(), piece.begin(), piece.end());
            return;
        }
    }
    found.emplace_back(header, byte_buffer(piece.begin(), piece.end()));
}

frames read(base::byte_view stream, std::size_t step)
{
    frames found;
    frame_reader reader;
    while (!stream.empty()) {
        auto const piece = stream.first(std::min(step, stream.size()));
        stream = stream.subspan(piece.size());
        if (reader.feed(piece, [&](auto const& header, auto bytes) { add_to(found, header, bytes); }))
            break;
    }
    return found;
}

void check_message(message const& whole)
{
    require(whole.data.size() <= limits.message_bytes);
    unpacker values(whole.data);
    while (!values.at_end())
        values.skip();

    outgoing_message out(whole, 1);
    assembler in;
    while (auto const part = out.next()) {
        auto const header = decode(part->header);
        require(header.has_value());
        auto const again = in.take(*header, part->piece);
        require(again.has_value());
        if (*again)
            require((*again)->data == whole.data && (*again)->is_dead == whole.is_dead);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const stream = std::as_bytes(std::span(data, size));
    auto const found = read(stream, size + 1);
    require(found == read(stream, 7));

    assembler in(limits);
    for (auto const& [header, piece] : found) {
        auto const whole = in.take(header, piece);
        if (whole && *whole)
            check_message(**whole);
    }
    return 0;
}
