#include <tendril/remote/target.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;

std::vector<hop> must_parse(std::string_view text)
{
    auto const hops = parse_target(text);
    REQUIRE_MESSAGE(hops.has_value(), hops.error().message(text));
    return *hops;
}

std::string complaint(std::string_view text)
{
    auto const hops = parse_target(text);
    REQUIRE_FALSE(hops.has_value());
    return hops.error().message(text);
}

using names = std::vector<std::string>;

names must_expand(std::string_view text)
{
    auto const all = expand_targets(text);
    REQUIRE_MESSAGE(all.has_value(), all.error().message(text));
    return *all;
}

std::string range_complaint(std::string_view text, std::size_t most = 1024)
{
    auto const all = expand_targets(text, most);
    REQUIRE_FALSE(all.has_value());
    return all.error().message(text);
}

TEST_CASE("K15: a name gives the hops of a way, one after the other")
{
    CHECK(must_parse("ssh:web1/sudo:root") ==
          std::vector<hop>{{hop_kind::ssh, "web1"}, {hop_kind::sudo, "root"}});
    CHECK(must_parse("local") == std::vector<hop>{{hop_kind::local}});
    CHECK(must_parse("fork:a/local:b,2/doas:www/su:postgres") ==
          std::vector<hop>{{hop_kind::fork, "a"},
                           {hop_kind::local, "b,2"},
                           {hop_kind::doas, "www"},
                           {hop_kind::su, "postgres"}});
}

TEST_CASE("K15: a host has a user, a port, and maybe an address in brackets")
{
    CHECK(must_parse("ssh:me@web1.example:2222") ==
          std::vector<hop>{{hop_kind::ssh, "web1.example", "me", 2222}});
    CHECK(must_parse("ssh:[fe80::1%eth0]") == std::vector<hop>{{hop_kind::ssh, "fe80::1%eth0"}});
    CHECK(must_parse("ssh:me@[::1]:22") == std::vector<hop>{{hop_kind::ssh, "::1", "me", 22}});
    CHECK(must_parse("ssh:me@corp.example@web1") ==
          std::vector<hop>{{hop_kind::ssh, "web1", "me@corp.example"}});
}

TEST_CASE("K15: each way has one name, whoever wrote it how")
{
    CHECK(name_of(must_parse("sudo/su/doas"), 3) == "sudo:root/su:root/doas:root");
    CHECK(name_of(must_parse("ssh:me@[::1]:22/fork/local:x"), 2) == "ssh:me@[::1]:22/fork");
}

TEST_CASE("K15: what is wrong with a name is said with its place")
{
    CHECK(complaint("ssh:web1/sud:root") ==
          "ssh:web1/sud:root: character 10: there is no way \"sud\"; there are "
          "local, fork, ssh, sudo, su, doas");
    CHECK(complaint("") == ": character 1: a way is missing: one of local, fork, ssh, sudo, su, doas");
    CHECK(complaint("local/").contains("character 7: a way is missing"));
    CHECK(complaint("local//fork").contains("character 7: a way is missing"));
    CHECK(complaint("web1").contains("character 1: there is no way \"web1\""));
    CHECK(complaint("ssh").contains("character 4: a host is missing"));
    CHECK(complaint("ssh:").contains("character 5: a host is missing"));
    CHECK(complaint("ssh:me@").contains("character 8: a host is missing"));
    CHECK(complaint("ssh:-oProxyCommand=x").contains("character 5: a host cannot begin with -"));
    CHECK(complaint("sudo:-i").contains("character 6: a user cannot begin with -"));
    CHECK(complaint("ssh:@web1").contains("character 5: a user is missing"));
    CHECK(complaint("ssh:we b").contains("character 7: this cannot be in a host"));
    CHECK(complaint("ssh:web1:0").contains("character 10: a port is a number from 1 to 65535"));
    CHECK(complaint("ssh:web1:65536").contains("character 10: a port"));
    CHECK(complaint("ssh:fe80::1").contains("an IPv6 address stands in brackets"));
    CHECK(complaint("ssh:[::1").contains("character 5: this bracket is not closed"));
    CHECK(complaint("ssh:[::1]22").contains("character 10: a port stands behind a colon"));
    CHECK(complaint("sudo:ro ot").contains("character 8: this cannot be in a user"));
    CHECK(complaint("ssh:web[01-20]").contains("character 8: a range stands for several names"));
    CHECK(complaint(std::string("ssh:") + std::string(256, 'x')).contains("more than 255"));
    std::string long_way = "fork";
    for (int each = 0; each < 32; ++each)
        long_way += "/fork";
    CHECK(complaint(long_way).contains("at most 32 hops"));
}

TEST_CASE("K15: ranges of hosts are counted through, as wide as they begin")
{
    CHECK(must_expand("ssh:web[08-10,7]/sudo") ==
          names{"ssh:web08/sudo", "ssh:web09/sudo", "ssh:web10/sudo", "ssh:web7/sudo"});
    CHECK(must_expand("ssh:r[1-2]n[1-2]") == names{"ssh:r1n1", "ssh:r1n2", "ssh:r2n1", "ssh:r2n2"});
    CHECK(must_expand("ssh:[fe80::1]:22") == names{"ssh:[fe80::1]:22"});
    CHECK(must_expand("ssh:10.0.0.[9-10]:22") == names{"ssh:10.0.0.9:22", "ssh:10.0.0.10:22"});
    CHECK(must_expand("local") == names{"local"});
    CHECK(must_expand("ssh:web[0-1023]").size() == 1024);
}

TEST_CASE("K15: what is wrong with a range is said with its place, and none is endless")
{
    CHECK(range_complaint("ssh:web[01-20") == "ssh:web[01-20: character 8: this bracket is not closed");
    CHECK(range_complaint("ssh:web[a-b]").contains("character 9: a range is made of numbers"));
    CHECK(range_complaint("ssh:web[]").contains("character 9: a range is made of numbers"));
    CHECK(range_complaint("ssh:web[1,]").contains("character 11: a range is made of numbers"));
    CHECK(range_complaint("ssh:web[1-x]").contains("character 11: the end of a range"));
    CHECK(range_complaint("ssh:web[9-1]").contains("character 9: this range runs backwards"));
    CHECK(range_complaint("ssh:web[0-999999999]").contains("more than 1024 names"));
    CHECK(range_complaint("ssh:web[0-99999999999999999999]").contains("at most 9 digits"));
    CHECK(range_complaint("ssh:web[1-3][1-3]", 8).contains("character 13: this makes more than 8 names"));
    CHECK(range_complaint("ssh:web[1-2],x").contains("ssh:web1,x: this cannot be in a host"));
    CHECK(range_complaint("ssj:web[1-2]").contains("character 1: ssj:web1: there is no way"));
}

}  // namespace
