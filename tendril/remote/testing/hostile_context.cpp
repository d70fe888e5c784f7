#include <tendril/remote/testing/hostile_context.hpp>
#include <tendril/remote/welcome.hpp>
#include <tendril/rpc/well_known.hpp>
#include <tendril/wire/codec.hpp>
#include <tendril/wire/frame.hpp>

#include <array>
#include <csignal>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <span>
#include <vector>

#include <unistd.h>

namespace tendril::remote::testing {

namespace {

bool read_all(std::span<std::byte> into)
{
    while (!into.empty()) {
        auto const count = ::read(STDIN_FILENO, into.data(), into.size());
        if (count <= 0)
            return false;
        into = into.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool write_all(base::byte_view bytes)
{
    while (!bytes.empty()) {
        auto const count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count <= 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

/// What @p header says, whether it is true or not, with @p piece behind it.
bool say(wire::frame_header header, base::byte_view piece)
{
    header.size = static_cast<std::uint32_t>(piece.size());
    if (header.total == 0)
        header.total = header.size;
    auto const head = wire::encode(header);
    return write_all(head) && write_all(piece);
}

std::optional<welcome> arrive()
{
    wire::encoded_header head;
    if (!read_all(head))
        return std::nullopt;
    auto const header = wire::decode(head);
    wire::byte_buffer data(header ? header->size : 0);
    if (!header || !read_all(data))
        return std::nullopt;
    auto words = wire::unpack<welcome>(data);
    if (!words)
        return std::nullopt;
    auto const me = wire::pack(introduction{.version = "1", .process = ::getpid()});
    say({.dst = header->src, .src = words->id, .auth = words->id, .handle = header->reply_to}, me);
    return *words;
}

void make_noise()
{
    std::mt19937 random(1);
    std::vector<std::byte> noise(1024UL * 1024);
    for (auto& each : noise)
        each = static_cast<std::byte>(random());
    write_all(noise);
}

/// Each of the protocol's own handles of each context, in each name but ours, and in ours.
void forge(rpc::context_id me)
{
    auto const nothing = wire::pack(std::vector<int>{});
    for (std::uint32_t number = 0; number < 20; ++number)
        for (rpc::context_id const dst : {0U, me + 1, me})
            for (rpc::context_id const src : {0U, me + 1, me})
                for (rpc::context_id const auth : {0U, me + 1, me})
                    for (wire::handle handle = 0; handle < 20; ++handle)
                        if (handle != rpc::well_known::log)  // that is for everybody
                            say({.dst = dst, .src = src, .auth = auth, .handle = handle, .number = number},
                                nothing);
}

/// Says to lead to everybody, and asks for all numbers.
void take_numbers(rpc::context_id me)
{
    for (rpc::context_id id = 0; id < 150'000; ++id) {
        say({.dst = 0, .src = me, .auth = me, .handle = rpc::well_known::add_route, .number = id},
            wire::pack(id));
        if (id % 100 == 0)
            say({.dst = 0, .src = me, .auth = me, .handle = rpc::well_known::more_ids, .number = id}, {});
    }
}

/// Begins messages of the greatest size, and ends none.
void begin_messages(rpc::context_id me)
{
    std::vector<std::byte> const piece(60'000);
    for (std::uint32_t number = 0; number < 4000; ++number)
        say({.dst = 0, .src = me, .auth = me, .handle = 1000, .number = number, .total = 100U * 1024 * 1024},
            piece);
}

/// Asks for what will be refused, and never reads why.
void flood(rpc::context_id me)
{
    for (std::uint32_t number = 0; number < 300'000; ++number)
        say({.dst = 0,
             .src = me,
             .auth = me,
             .handle = rpc::well_known::shut_down,
             .reply_to = 1000,
             .number = number},
            {});
}

}  // namespace

int misbehave(std::string_view way)
{
    std::signal(SIGPIPE, SIG_IGN);
    auto const words = arrive();
    if (!words)
        return 1;
    if (way == "noise")
        make_noise();
    else if (way == "forged")
        forge(words->id);
    else if (way == "numbers")
        take_numbers(words->id);
    else if (way == "unfinished")
        begin_messages(words->id);
    else if (way == "flood")
        flood(words->id);
    // The last word: whoever waits for it knows that all before it was heard.
    say({.dst = 0, .src = words->id, .auth = words->id, .handle = rpc::well_known::log},
        wire::pack(rpc::log_record{
            .level = rpc::log_level::error, .context = words->id, .source = "hostile", .text = "done"}));
    std::array<std::byte, 4096> heard;
    while (way != "flood" && ::read(STDIN_FILENO, heard.data(), heard.size()) > 0)
        continue;
    if (way == "flood")
        ::pause();
    return 0;
}

}  // namespace tendril::remote::testing
