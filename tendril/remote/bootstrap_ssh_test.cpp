#include <tendril/remote/testing/far_end.hpp>

namespace {

using namespace tendril;
using namespace tendril::remote;
using namespace tendril::remote::testing;

/// A real sshd behind a real ssh, without a port: the way there is a shell script that runs ssh.
struct ssh_far_end : far_end {
    ssh_far_end()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "sshd-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        keys = pattern;
        for (auto const* name : {"host", "user"})
            REQUIRE(std::system(("ssh-keygen -q -t ed25519 -N '' -f " + keys + '/' + name).c_str()) == 0);
        write(keys + "/sshd_config",
              "HostKey " + keys + "/host\nAuthorizedKeysFile " + keys +
                  "/user.pub\nStrictModes no\nUsePAM no\nPidFile none\nPrintMotd yes\n" +
                  "SetEnv XDG_CACHE_HOME=" + keys + "/cache\n");
        script(
            "by-ssh",
            "exec ssh -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR "
            "-o BatchMode=yes -o IdentitiesOnly=yes -i " +
                keys + "/user -o 'ProxyCommand=/usr/sbin/sshd -i -f " + keys + "/sshd_config' far \"$2\"");
        how.shell = {bin() + "/by-ssh"};
    }
    ~ssh_far_end() { std::filesystem::remove_all(keys); }

    std::string keys;
};

TEST_CASE("K01: a real sshd leads to the program, sent at the first visit and found at the second")
{
    std::error_code ignored;
    std::filesystem::create_directory("/run/sshd", ignored);
    if (!std::filesystem::exists("/usr/sbin/sshd") ||
        (::geteuid() == 0 && !std::filesystem::exists("/run/sshd"))) {
        MESSAGE("skipped: no sshd can run here");
        return;
    }
    asio::io_context loop;
    ssh_far_end const far;
    for (bool const is_first : {true, false}) {
        auto at = must_reach(loop, far, asking("first words\n"));
        CHECK((at.image_bytes() > 0) == is_first);
        CHECK(at.said("words\n") == "tendril:web1 echo\nfirst words\n");
    }
    CHECK(std::filesystem::exists(far.keys + "/cache/tendril/" + store()->hashes().at("x86_64")));
}

}  // namespace
