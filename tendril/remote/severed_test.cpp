// Contexts that lose each other without a word: testing/tree_program.cpp is the program.

#include <tendril/remote/testing/far_end.hpp>
#include <tendril/remote/testing/severed_network.hpp>
#include <tendril/remote/testing/ssh_server.hpp>

namespace {

using namespace tendril;
using namespace tendril::remote::testing;

std::vector<std::string> tree(std::vector<std::string> const& words)
{
    return process::testing::joined({TENDRIL_TREE_PROGRAM}, words);
}

/// A sanitizer's search for leaks is a process of its own, and what it keeps of freed memory is not ours.
std::vector<std::string> const without_its_shadow = {"ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16"};

TEST_CASE("R20: kill -9 at any place of a tree six deep: who waits hears of it, and nobody is left")
{
    running_program program(tree({"killed", "20"}), without_its_shadow);

    CHECK(program.status() == 0);
    CHECK(program.output().starts_with("20 rounds, "));
}

TEST_CASE("R20: a context frozen in the middle of a tree is lost with all below it, and those above stay")
{
    running_program program(tree({"frozen", "2"}), {"TENDRIL_TEST_SILENCE=600"});

    CHECK(program.status() == 0);
    auto const said = program.output();
    std::string const why = ": the link to context 2001 was lost: it has said nothing for 600 ms\n";
    CHECK(said.ends_with("\n2001" + why + "3001" + why + "4001" + why + "5001" + why));
    all_end(program, processes_in(program));
}

TEST_CASE("R05: a context that speaks wrongly on purpose harms neither its parent nor its brothers")
{
    for (std::string const way : {"noise", "forged", "numbers", "unfinished", "flood"}) {
        CAPTURE(way);
        running_program program(tree({"hostile", way}), without_its_shadow);

        CHECK(program.status() == 0);
        CHECK(program.output() == (way == "noise" ? "lost\n" : "tolerated\n"));
    }
}

#ifndef TENDRIL_SANITIZED  // a program with a sanitizer is not static, and cannot travel
/// A tree through ssh whose network is cut while everybody waits. Returns what those who wait heard.
std::string cut(std::string const& sshd_settings, std::string const& keepalive, std::string const& silence)
{
    severed_network const net;
    ssh_server const server(shared_accounts(), sshd_settings,
                            {.address = net.far_address, .enter = net.far({})});
    auto const way = server.with_key();
    running_program program(net.near(tree({"severed", way.hostname, std::to_string(*way.port),
                                           *way.identity_file, *way.config_file, keepalive})),
                            {"TENDRIL_TEST_SILENCE=" + silence});
    program.until([&] { return program.output().contains("ready"); });
    REQUIRE(net.far_programs("tendril:").size() == 3);

    net.cut();

    CHECK(program.status() == 0);
    program.until([&] { return net.far_programs("tendril:").empty(); });
    CHECK(net.near_programs().empty());
    return program.output().substr(program.output().find("ready\n") + 6);
}

TEST_CASE("R20: when the network is cut, silence ends a tree on both sides, and who waits hears why")
{
    if (!severed_network::possible() || lacks(shared_accounts()))
        return;
    auto const heard = cut("", "30", "1000");

    std::string const why = "the link to context 1 was lost: it has said nothing for 1000 ms\n";
    CHECK(heard == "1: " + why + "1001: " + why + "2001: " + why);
}

TEST_CASE("R20: when the network is cut, ssh's own signs of life end a tree, and who waits hears why")
{
    if (!severed_network::possible() || lacks(shared_accounts()))
        return;
    auto const heard = cut("ClientAliveInterval 1\nClientAliveCountMax 2\n", "1", "30000");

    std::string const why =
        "the link to context 1 was lost: its stream ended: Timeout, server 169.254.77.2 not responding.\n";
    CHECK(heard == "1: " + why + "1001: " + why + "2001: " + why);
}
#endif

#ifdef TENDRIL_FAR_CONTEXT_AARCH64
TEST_CASE("K01: a context of another machine is sent the program for it, is called, and ends")
{
    auto const emulator = path_of("qemu-aarch64");
    if (emulator.empty() || !can_register_programs())
        return;
    far_end far;
    far_end const programs;
    std::filesystem::copy_file(TENDRIL_FAR_CONTEXT_AARCH64, programs.home() + "/there");
    far.script("uname", "echo Linux aarch64");
    far.in_own_mounts(run_foreign_programs(emulator));

    running_program program(tree(process::testing::joined({"behind"}, far.how.shell)),
                            {"TENDRIL_TEST_IMAGES=" + programs.home(), "HOME=" + far.home(),
                             "PATH=" + far.bin() + ":/usr/bin:/bin"});

    CHECK(program.status() == 0);
    CHECK(program.output() == "aarch64 aarch64 42\n");
    CHECK(program.errors().empty());
}
#endif

}  // namespace
