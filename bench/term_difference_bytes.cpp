/// @file
/// How many bytes a frame our differences take, of frames that a program shows one after the other.
/// `term_difference_bytes FRAMES COLUMNS ROWS`; frames are divided by NUL. Layer: bench (base, term). Spec:
/// none.

#include <tendril/base/file.hpp>
#include <tendril/term/difference.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <zlib.h>

namespace {

class deflater {
public:
    deflater() { ::deflateInit2(&stream_, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY); }
    deflater(deflater const&) = delete;
    deflater& operator=(deflater const&) = delete;
    ~deflater() { ::deflateEnd(&stream_); }

    std::size_t bytes_for(std::string& frame)
    {
        auto const before = stream_.total_out;
        stream_.next_in = reinterpret_cast<unsigned char*>(frame.data());
        stream_.avail_in = static_cast<unsigned>(frame.size());
        do {
            stream_.next_out = room_.data();
            stream_.avail_out = static_cast<unsigned>(room_.size());
            ::deflate(&stream_, Z_SYNC_FLUSH);
        } while (stream_.avail_out == 0);
        return stream_.total_out - before;
    }

private:
    z_stream stream_{};
    std::array<unsigned char, 65536> room_;
};

}  // namespace

int main(int argc, char** argv)
{
    using namespace tendril;
    if (argc != 5) {
        std::fputs("usage: term_difference_bytes FRAMES COLUMNS ROWS plain|deflated\n", stderr);
        return 2;
    }
    auto const frames = base::read_file(argv[1], std::size_t{64} << 20);
    if (!frames) {
        std::fprintf(stderr, "%s\n", frames.error().message().c_str());
        return 1;
    }
    term::terminal program(
        {static_cast<std::uint16_t>(std::atoi(argv[2])), static_cast<std::uint16_t>(std::atoi(argv[3]))});
    term::frame client;
    deflater line;
    auto const deflates = std::string_view(argv[4]) == "deflated";
    std::size_t bytes = 0;
    std::size_t count = 0;
    for (std::string_view rest = *frames; !rest.empty(); ++count) {
        auto const end = std::min(rest.find('\0'), rest.size());
        program.feed(base::bytes_of(rest.substr(0, end)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto sent = term::difference(client, program);
        auto const size = deflates ? line.bytes_for(sent) : sent.size();
        if (count != 0)
            bytes += size;
    }
    std::printf("%.1f\n", static_cast<double>(bytes) / static_cast<double>(count - 1));
    return 0;
}
