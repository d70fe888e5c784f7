/// @file
/// Writes what a context might say, for a reader in another language. Layer: tests.

#include <tendril/wire/codec.hpp>
#include <tendril/wire/outgoing_message.hpp>

#include <cstdio>

namespace {

using namespace tendril;
using namespace tendril::wire;
using namespace std::chrono_literals;

void print(std::optional<outgoing_message::part> const& part)
{
    std::fwrite(part->header.data(), 1, part->header.size(), stdout);
    std::fwrite(part->piece.data(), 1, part->piece.size(), stdout);
}

}  // namespace

int main()
{
    outgoing_message large({.dst = 3,
                            .src = 2,
                            .auth = 0,
                            .handle = 101,
                            .reply_to = 1000,
                            .data = pack(std::string(100'000, 'x'))},
                           7);
    outgoing_message values(
        {.dst = 3,
         .src = 2,
         .auth = 2,
         .handle = 1001,
         .data = pack(std::tuple(true, -129, 4294967296, 0.5, std::string("h\xc3\xa9llo"),
                                 byte_buffer{std::byte{0}, std::byte{255}}, std::optional<int>(),
                                 std::vector<int>{1, 2, 3}, std::map<std::string, int>{{"a", 1}},
                                 std::variant<int, std::string>("text"), timestamp(1'700'000'000s + 5ns),
                                 timestamp(-1s), 1500us))},
        8);
    outgoing_message dead(
        dead_reply_to({.dst = 3, .src = 2, .auth = 2, .handle = 5, .reply_to = 1002}, "no such handle"), 9);
    print(large.next());
    print(values.next());
    print(large.next());
    print(dead.next());
}
