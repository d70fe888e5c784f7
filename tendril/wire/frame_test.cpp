#include <tendril/wire/error.hpp>
#include <tendril/wire/frame_reader.hpp>
#include <tendril/wire/message.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::wire;

frame_header const sample{.kind = frame_kind::dead,
                          .size = 5,
                          .dst = 1,
                          .src = 0x01020304,
                          .auth = 7,
                          .handle = 100,
                          .reply_to = 1000,
                          .number = 9,
                          .offset = 3,
                          .total = 8};

byte_buffer frame_of(frame_header const& header, std::string_view piece)
{
    auto const head = encode(header);
    byte_buffer bytes(head.begin(), head.end());
    auto const data = base::bytes_of(piece);
    bytes.insert(bytes.end(), data.begin(), data.end());
    return bytes;
}

using frames = std::vector<std::pair<frame_header, std::string>>;

/// Parts that a long piece was given in are one again.
void add_to(frames& found, frame_header const& header, std::string_view piece)
{
    if (!found.empty() && found.back().first.size > 0 && !piece.empty()) {
        auto& [before, text] = found.back();
        auto continued = before;
        continued.size = header.size;
        continued.offset += before.size;
        if (continued == header) {
            before.size += header.size;
            text += piece;
            return;
        }
    }
    found.emplace_back(header, piece);
}

/// What a reader finds that is fed @p step bytes at a time.
frames read_in_steps(byte_buffer const& stream, std::size_t step)
{
    frames found;
    frame_reader reader;
    for (base::byte_view rest(stream); !rest.empty(); rest = rest.subspan(std::min(step, rest.size())))
        CHECK_FALSE(reader.feed(rest.first(std::min(step, rest.size())), [&](auto const& header, auto piece) {
            add_to(found, header, base::text_of(piece));
        }));
    CHECK_FALSE(reader.within_frame());
    return found;
}

TEST_CASE("R03: a header travels as the forty bytes that the protocol says")
{
    std::string const expected("td\x01\x02\0\0\0\x05\0\0\0\x01\x01\x02\x03\x04\0\0\0\x07\0\0\0\x64"
                               "\0\0\x03\xe8\0\0\0\x09\0\0\0\x03\0\0\0\x08",
                               header_bytes);

    CHECK(base::text_of(encode(sample)) == expected);
    CHECK(decode(encode(sample)) == sample);
}

TEST_CASE("R03: frames are found however the stream is cut")
{
    auto large = sample;
    large.size = largest_piece;
    large.total = large.size + large.offset;
    auto empty = sample;
    empty.size = 0;
    frames const sent{
        {sample, "piece"}, {large, std::string(largest_piece, 'x')}, {empty, ""}, {sample, "again"}};
    byte_buffer stream;
    for (auto const& [header, piece] : sent) {
        auto const frame = frame_of(header, piece);
        stream.insert(stream.end(), frame.begin(), frame.end());
    }

    for (std::size_t const step : {std::size_t{1}, std::size_t{39}, std::size_t{40}, std::size_t{41},
                                   std::size_t{4095}, stream.size()})
        CHECK(read_in_steps(stream, step) == sent);
}

TEST_CASE("R03: of a long piece a part is given before the rest has come, of a short one nothing")
{
    auto const given_of = [](std::uint32_t size, std::size_t bytes) {
        auto header = sample;
        header.size = size;
        header.total = header.offset + size;
        auto const frame = frame_of(header, std::string(size, 'x'));
        frame_reader reader;
        std::vector<std::uint32_t> offsets;
        auto const note = [&](auto const& part, auto piece) {
            CHECK(part.size == piece.size());
            CHECK(part.total == header.total);
            offsets.push_back(part.offset);
        };
        CHECK_FALSE(reader.feed(base::byte_view(frame).first(bytes), note));
        CHECK(reader.within_frame());
        CHECK_FALSE(reader.feed(base::byte_view(frame).subspan(bytes), note));
        CHECK_FALSE(reader.within_frame());
        return offsets;
    };
    CHECK(given_of(largest_piece, 30'000) == std::vector<std::uint32_t>{3, 3 + 30'000 - header_bytes});
    CHECK(given_of(largest_piece, 1000) == std::vector<std::uint32_t>{3, 3 + 1000 - header_bytes});
    CHECK(given_of(16'384, 16'000) == std::vector<std::uint32_t>{3});
}

TEST_CASE("R03: a stream that is corrupt stays so, and what came before is given")
{
    auto bad = sample;
    bad.size = largest_piece + 1;
    auto beyond = sample;
    beyond.offset = 4;
    auto wrapped = sample;
    wrapped.offset = 0xffff'ffff;
    for (auto const& [stream, why] : {std::pair{byte_buffer(header_bytes, std::byte{'x'}), errc::not_a_frame},
                                      std::pair{frame_of(bad, ""), errc::frame_too_large},
                                      std::pair{frame_of(beyond, ""), errc::not_a_part},
                                      std::pair{frame_of(wrapped, ""), errc::not_a_part}}) {
        frame_reader reader;
        int frames_read = 0;
        auto const count = [&](auto const&, auto) { ++frames_read; };
        auto whole = frame_of(sample, "piece");
        whole.insert(whole.end(), stream.begin(), stream.end());

        CHECK(reader.feed(whole, count) == make_error_code(why));
        CHECK(frames_read == 1);
        CHECK(reader.feed(frame_of(sample, "piece"), count) == make_error_code(why));
        CHECK(frames_read == 1);
    }
}

TEST_CASE("R03: a stream that ends within a frame is seen to")
{
    frame_reader reader;
    auto const frame = frame_of(sample, "piece");
    CHECK_FALSE(reader.feed(base::byte_view(frame).first(42), [](auto const&, auto) {}));
    CHECK(reader.within_frame());
}

}  // namespace
