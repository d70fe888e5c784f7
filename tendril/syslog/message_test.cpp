#include <tendril/syslog/endpoint.hpp>
#include <tendril/syslog/message.hpp>

#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril::syslog;
using namespace std::chrono_literals;

identity const who{facility::local3, "host.example", "tendril", 42, "ann \"]", "3"};
date const when(1'700'000'000'123'456us);

TEST_CASE("L06: a message is RFC 5424 with the user and the terminal as structured data")
{
    CHECK(to_rfc5424(who, severity::info, when, "hello") ==
          "<158>1 2023-11-14T22:13:20.123456Z host.example tendril 42 line [tendril@32473 "
          "user=\"ann \\\"\\]\" terminal=\"3\"] ann \"] 3: hello");
    CHECK(to_rfc5424({facility::daemon, "", "a b\n", 0, "", ""}, severity::emergency, when, "")
              .starts_with("<24>1 2023-11-14T22:13:20.123456Z - a?b? - line "));
}

TEST_CASE(
    "L06: for the socket of this machine a message is RFC 3164, and for a stream its length comes first")
{
    CHECK(to_rfc3164(who, severity::notice, when, "hello") ==
          "<157>Nov 14 22:13:20 tendril[42]: ann \"] 3: hello");
    CHECK(octet_counted("12345") == "5 12345");
    CHECK(parse_facility("local7") == facility::local7);
    CHECK_FALSE(parse_facility("nonsense").has_value());
}

TEST_CASE("L06: a daemon is named as local, udp, tcp or tls")
{
    CHECK(parse_endpoint("local")->host == "/dev/log");
    CHECK(parse_endpoint("local:/run/log")->host == "/run/log");
    CHECK(parse_endpoint("udp://logs")->port == "514");
    CHECK(parse_endpoint("tcp://logs:1601")->port == "1601");
    CHECK(parse_endpoint("tls://[::1]")->host == "::1");
    CHECK(parse_endpoint("tls://[::1]")->port == "6514");
    for (auto const* wrong : {"", "http://x", "udp://", "udp://:5", "tls://[::1", "tcp://x:"})
        CHECK_FALSE(parse_endpoint(wrong).has_value());
}

}  // namespace
