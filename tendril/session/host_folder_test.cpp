#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/session/host_folder.hpp>

#include <atomic>
#include <barrier>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/system/errc.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::host_folder;
using tendril::base::testing::scratch_folder;

namespace errc = boost::system::errc;

host_folder opened(scratch_folder const& scratch)
{
    auto folder = host_folder::open(scratch / "sessions");
    REQUIRE(folder.has_value());
    return *folder;
}

unsigned mode_of(std::string const& path)
{
    struct ::stat found{};
    REQUIRE(::lstat(path.c_str(), &found) == 0);
    return found.st_mode & 0777;
}

/// Leaves a socket file behind as a process does that is killed.
void leave_stale_socket(host_folder const& folder, std::string const& name)
{
    auto const claimed = folder.claim(name);
    REQUIRE(claimed.has_value());
    auto const path = folder.path() + "/" + name;
    REQUIRE(::rename(path.c_str(), (path + ".kept").c_str()) == 0);  // out of the reach of its owner
}

TEST_CASE("M12: the folder and its sockets are for nobody else")
{
    scratch_folder const scratch;
    auto const folder = opened(scratch);
    auto const claimed = folder.claim("work");
    REQUIRE(claimed.has_value());

    CHECK(mode_of(folder.path()) == 0700);
    CHECK(mode_of(folder.path() + "/work") == 0600);
}

TEST_CASE("M12: a folder that others may enter, a symbolic link and a file are refused")
{
    scratch_folder const scratch;
    REQUIRE(::mkdir((scratch / "open").c_str(), 0700) == 0);
    REQUIRE(::chmod((scratch / "open").c_str(), 0750) == 0);
    REQUIRE(::mkdir((scratch / "private").c_str(), 0700) == 0);
    REQUIRE(::symlink((scratch / "private").c_str(), (scratch / "link").c_str()) == 0);
    std::ofstream(scratch / "file") << "text";

    CHECK(host_folder::open(scratch / "open").error().code == errc::permission_denied);
    CHECK(host_folder::open(scratch / "link").error().code == errc::not_a_directory);
    CHECK(host_folder::open(scratch / "file").error().code == errc::not_a_directory);
    CHECK(host_folder::open(scratch / "private").has_value());
}

TEST_CASE("M12: a name is taken once, and free again when its owner goes")
{
    scratch_folder const scratch;
    auto const folder = opened(scratch);
    {
        auto const first = folder.claim("work");
        REQUIRE(first.has_value());
        CHECK(folder.claim("work").error().code == errc::address_in_use);
        CHECK(folder.connect("work").has_value());
        CHECK(folder.names().value() == std::vector<std::string>{"work"});
    }
    CHECK(folder.names().value().empty());
    CHECK(folder.connect("work").error().code == errc::no_such_file_or_directory);
    CHECK(folder.claim("work").has_value());
}

TEST_CASE("M12: a stale socket is recognised, and replaced by who claims its name")
{
    scratch_folder const scratch;
    auto const folder = opened(scratch);
    leave_stale_socket(folder, "work");

    CHECK(folder.connect("work.kept").error().code == errc::connection_refused);
    CHECK(folder.claim("work.kept").has_value());
    CHECK(folder.names().value().empty());
}

TEST_CASE("M12: an owner that goes late does not take its successor's socket along")
{
    scratch_folder const scratch;
    auto const folder = opened(scratch);
    auto first = folder.claim("work");
    REQUIRE(first.has_value());
    REQUIRE(::unlink((folder.path() + "/work").c_str()) == 0);
    auto const second = folder.claim("work");
    REQUIRE(second.has_value());

    {
        auto const goes = std::move(*first);
    }

    CHECK(folder.connect("work").has_value());
}

TEST_CASE("M12: of many who claim a stale name at once, one gets it")
{
    scratch_folder const scratch;
    auto const folder = opened(scratch);
    for (int round = 0; round < 20; ++round) {
        leave_stale_socket(folder, "work");
        constexpr int starters = 8;
        std::atomic<int> winners = 0;
        std::barrier all_there(starters);
        {
            std::vector<std::optional<session::claimed_name>> kept(starters);
            std::vector<std::jthread> threads;
            for (int each = 0; each < starters; ++each)
                threads.emplace_back([&, each] {
                    all_there.arrive_and_wait();
                    if (auto claimed = folder.claim("work.kept")) {
                        ++winners;
                        kept[static_cast<std::size_t>(each)].emplace(std::move(*claimed));
                    }
                });
            threads.clear();
            CHECK(folder.connect("work.kept").has_value());
        }
        CHECK(winners == 1);
    }
}

TEST_CASE("M12: names cannot leave the folder, and what is no socket is not touched")
{
    scratch_folder const scratch;
    auto const folder = opened(scratch);
    std::ofstream(folder.path() + "/notes") << "text";

    for (auto const* name : {"", ".", "..", "../work", "a/b", "-d", ".hidden", "a b", "a\n"}) {
        CAPTURE(name);
        CHECK(folder.claim(name).error().code == errc::invalid_argument);
        CHECK(folder.connect(name).error().code == errc::invalid_argument);
    }
    CHECK(!host_folder::is_name(std::string(65, 'a')));
    CHECK(host_folder::is_name("web-2.1_x"));
    CHECK(folder.claim("notes").error().code == errc::file_exists);
    CHECK(folder.names().value().empty());
}

TEST_CASE("M12: a peer is known by its user id")
{
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    base::unique_fd const one(ends[0]);
    base::unique_fd const other(ends[1]);

    CHECK(session::peer_is_ours(one.get()));
    CHECK(!session::peer_is_ours(-1));
}

}  // namespace
