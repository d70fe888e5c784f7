#include <tendril/session/packet.hpp>

#include <string>
#include <vector>

#include <boost/system/errc.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::session;

/// All packets of @p stream, which arrives @p step bytes at a time.
std::vector<packet> read_in_steps(std::string_view stream, std::size_t step)
{
    packet_reader reader;
    std::vector<packet> got;
    while (!stream.empty()) {
        reader.push(base::bytes_of(stream.substr(0, step)));
        stream.remove_prefix(std::min(step, stream.size()));
        for (auto next = reader.next(); next && *next; next = reader.next())
            got.push_back(std::move(**next));
    }
    return got;
}

TEST_CASE("M12: packets arrive as they were sent however the stream is cut")
{
    hello_packet const hello{
        .view = host_view::bytes, .can = {.repeats = false, .synchronizes = true}, .size = {132, 43}};
    welcome_packet const welcome{.host = 1,
                                 .program = 70'000,
                                 .started = 1'700'000'000'123,
                                 .size = {80, 24},
                                 .clients = 3,
                                 .ended = true,
                                 .name = "work",
                                 .command = "vim 'a b'"};
    auto const status = process::exit_status::killed(11, true);
    auto stream = packed(hello) + packed(welcome) + packed(packet_type::resized, term::grid_size{300, 2}) +
                  packed(packet_type::terminate) + packed(status) + packed(process::exit_status::exited(255));
    append_pieces(stream, packet_type::output, std::string(largest_payload + 1, 'x'));

    for (std::size_t const step : {std::size_t{1}, std::size_t{7}, stream.size()}) {
        CAPTURE(step);
        auto const got = read_in_steps(stream, step);

        REQUIRE(got.size() == 8);
        CHECK(unpacked_hello(got[0].payload) == hello);
        CHECK(unpacked_welcome(got[1].payload) == welcome);
        CHECK(unpacked_size(got[2].payload) == term::grid_size{300, 2});
        CHECK(got[3].type == packet_type::terminate);
        CHECK(unpacked_exit(got[4].payload) == status);
        CHECK(unpacked_exit(got[5].payload) == process::exit_status::exited(255));
        CHECK(got[6].payload.size() == largest_payload);
        CHECK(got[7].payload == "x");
    }
}

TEST_CASE("M12: a payload that is longer than may be is an error before any of it is held")
{
    std::string const claims_4_gib("\x13\xff\xff\xff\xff", 5);
    packet_reader reader;
    reader.push(base::bytes_of(claims_4_gib));

    CHECK(reader.next().error() == boost::system::errc::message_size);
    reader.push(base::bytes_of("more"));
    CHECK(reader.next().error() == boost::system::errc::message_size);
}

TEST_CASE("M12: payloads that are too short or say what cannot be are told from good ones")
{
    CHECK(!unpacked_hello("abc"));
    CHECK(!unpacked_hello(std::string("\x01\x00\x09\x00\x50\x00\x18\x00", 8)));  // there is no view 9
    CHECK(!unpacked_size(std::string("\x00\x00\x18\x00", 4)));
    CHECK(!unpacked_exit("\x02\x01"));
    CHECK(!unpacked_exit(std::string("\x01\x00\x00", 3)));  // signal 0
    CHECK(!unpacked_welcome("short"));
}

TEST_CASE("M12: what a newer peer puts behind a payload is ignored")
{
    auto const hello = packed(hello_packet{.view = host_view::frames, .size = {80, 24}});

    CHECK(unpacked_hello(hello.substr(5) + "something new") ==
          hello_packet{.view = host_view::frames, .size = {80, 24}});
}

}  // namespace
