// Any bytes as the packets of a session's host or client: the same however they are cut, and what can be
// understood says the same after it was written again.
#include <tendril/session/packet.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace tendril;
using namespace tendril::session;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

struct outcome {
    std::vector<packet> packets;
    bool failed = false;
};

outcome read_in_steps(std::string_view stream, std::size_t step)
{
    outcome got;
    packet_reader reader;
    while (!stream.empty() && !got.failed) {
        reader.push(base::bytes_of(stream.substr(0, step)));
        stream.remove_prefix(std::min(step, stream.size()));
        for (;;) {
            auto next = reader.next();
            got.failed = !next;
            if (!next || !*next)
                break;
            require((*next)->payload.size() <= largest_payload);
            got.packets.push_back(std::move(**next));
        }
    }
    return got;
}

std::string payload_of(std::string const& whole)
{
    auto const read = read_in_steps(whole, whole.size());
    require(!read.failed && read.packets.size() == 1);
    return read.packets.front().payload;
}

void understand(std::string const& payload)
{
    if (auto const hello = unpacked_hello(payload))
        require(unpacked_hello(payload_of(packed(*hello))) == hello);
    if (auto const size = unpacked_size(payload))
        require(unpacked_size(payload_of(packed(packet_type::resize, *size))) == size);
    if (auto const how = unpacked_exit(payload); how && how->has_exited())
        require(unpacked_exit(payload_of(packed(*how))) == how);
    if (auto welcome = unpacked_welcome(payload)) {
        welcome->command.resize(std::min<std::size_t>(welcome->command.size(), 4096));
        require(unpacked_welcome(payload_of(packed(*welcome))) == welcome);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const stream(reinterpret_cast<char const*>(data), size);
    auto const whole = read_in_steps(stream, std::max<std::size_t>(size, 1));
    auto const pieces = read_in_steps(stream, 3);
    require(whole.failed == pieces.failed && whole.packets.size() == pieces.packets.size());
    for (std::size_t at = 0; at < whole.packets.size(); ++at) {
        require(whole.packets[at].type == pieces.packets[at].type);
        require(whole.packets[at].payload == pieces.packets[at].payload);
        understand(whole.packets[at].payload);
    }
    return 0;
}
