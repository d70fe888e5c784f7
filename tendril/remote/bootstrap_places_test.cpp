#include <tendril/remote/testing/far_end.hpp>

#include <unistd.h>

namespace {

using namespace tendril;
using namespace tendril::remote;
using namespace tendril::remote::testing;

/// Where a first stage looks besides the home, all mounted anew with @p options; the home is below the first.
std::string everywhere(std::string const& options)
{
    return "for place in /tmp /var/tmp /dev/shm /run; do mount -t tmpfs -o mode=1777," + options +
           " tmpfs $place || exit 9; done; export HOME=/tmp TMPDIR=/var/tmp; cd /tmp";
}

TEST_CASE("K01: a home in which nothing can be run, or written, is passed over")
{
    if (!can_mount())
        return;
    asio::io_context loop;
    for (auto const* sh : {"dash", "bash", "busybox", "zsh"})
        for (auto const* option : {"noexec", "ro"}) {
            CAPTURE(sh);
            CAPTURE(option);
            far_end far;
            if (path_of(sh).empty())
                continue;
            far.link("sh", path_of(sh));
            far.in_own_mounts("mount -t tmpfs -o " + std::string(option) +
                              " tmpfs \"$HOME\" && cd \"$HOME\"");
            auto at = must_reach(loop, far);

            CHECK(at.image_bytes() > 0);
            CHECK(at.said("\n") == "tendril:web1 echo\n");
            CHECK(far.files().empty());
        }
}

TEST_CASE("K01: a home that is full is passed over, at the price of a second sending")
{
    if (!can_mount())
        return;
    asio::io_context loop;
    far_end far;
    auto const once = must_reach(loop, far).image_bytes();
    far.in_own_mounts("mount -t tmpfs -o size=64k tmpfs \"$HOME\"");
    auto at = must_reach(loop, far, asking("first words\n"));

    CHECK(at.image_bytes() == 2 * once);
    CHECK(at.said("words\n") == "tendril:web1 echo\nfirst words\n");
}

TEST_CASE("K01: when everything is full, that is the error")
{
    if (!can_mount())
        return;
    asio::io_context loop;
    far_end far;
    far.in_own_mounts(everywhere("size=64k"));
    auto const why = must_fail(loop, far);

    CHECK(why.what == connect_failure::no_space);
    CHECK(why.words.contains("No space left on device"));
}

TEST_CASE("K01: when nothing can be run anywhere, that is the error, place by place")
{
    if (!can_mount())
        return;
    asio::io_context loop;
    far_end far;
    far.in_own_mounts(everywhere("noexec"));
    auto const why = must_fail(loop, far);

    CHECK(why.what == connect_failure::nowhere_to_run);
    CHECK(why.words.contains("/var/tmp/.tendril"));
    CHECK(why.words.contains("Permission denied"));
}

TEST_CASE("K01: without /proc the program runs, and its file is removed when it has ended")
{
    if (!can_mount())
        return;
    asio::io_context loop;
    far_end far;
    far.in_own_mounts("mount -t tmpfs tmpfs /proc");
    auto asked = asking();
    asked.keep = caching::off;
    auto at = must_reach(loop, far, asked);
    CHECK(at.said("\n") == "tendril:web1 echo\n");
    CHECK(far.files().size() == 2);

    asked.word = "fail";
    auto ended = must_reach(loop, far, asked);
    CHECK(ended.said("never") == "tendril:web1 fail\n");
    CHECK(far.files().size() == 2);
}

TEST_CASE("K01: a home of somebody else is not used to keep programs")
{
    if (::geteuid() != 0) {
        MESSAGE("skipped: only root can give a folder away");
        return;
    }
    asio::io_context loop;
    far_end far;
    REQUIRE(::chown(far.home().c_str(), 12345, 12345) == 0);
    for (int visit = 0; visit < 2; ++visit) {
        auto at = must_reach(loop, far);
        CHECK(at.image_bytes() > 0);
        CHECK(at.said("\n") == "tendril:web1 echo\n");
        CHECK(far.files().empty());
    }
}

#ifdef TENDRIL_FAR_PROGRAM_AARCH64
TEST_CASE("K01: another machine gets its own program")
{
    auto const emulator = path_of("qemu-aarch64");
    if (emulator.empty() || !can_register_programs())
        return;
    asio::io_context loop;
    far_end far;
    far_end programs;
    std::filesystem::copy_file(TENDRIL_FAR_PROGRAM, programs.home() + "/here");
    std::filesystem::copy_file(TENDRIL_FAR_PROGRAM_AARCH64, programs.home() + "/there");
    far.script("uname", "echo Linux aarch64");
    far.in_own_mounts(run_foreign_programs(emulator));
    for (auto const keep : {caching::on, caching::on, caching::off}) {
        auto asked = asking("first words\n");
        asked.keep = keep;
        auto at = must_reach(loop, far, asked, store_of(programs.home()));
        CHECK(at.said("words\n") == "from aarch64\nfirst words\n");
    }
    CHECK(far.files() == std::vector<std::string>{"home/.cache/tendril/" +
                                                  store_of(programs.home())->hashes().at("aarch64")});
}
#endif

}  // namespace
