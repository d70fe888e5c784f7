#pragma once

/// @file
/// A real sshd on a loopback port, with keys, a configuration and a user of its own. Nothing of the system's
/// is used or changed. Layer: remote (base, io, process); for tests.

#include <tendril/base/file.hpp>
#include <tendril/process/child.hpp>
#include <tendril/process/testing/process_fixture.hpp>
#include <tendril/process/testing/scratch_accounts.hpp>
#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/scratch_user.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::remote::testing {

/// Runs a program that must succeed.
inline void must_run(std::vector<std::string> const& words)
{
    auto const seen = process::testing::run(words);
    REQUIRE_MESSAGE(seen.ending.status.success(), words.front(), ": ", seen.errors);
}

/// A socket on a free port of the loopback interface; listening only if asked.
struct loopback_socket {
    base::unique_fd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    std::uint16_t port = 0;

    loopback_socket()
    {
        ::sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const address = reinterpret_cast<::sockaddr*>(&where);
        ::socklen_t size = sizeof where;
        REQUIRE(::bind(fd.get(), address, size) == 0);
        REQUIRE(::getsockname(fd.get(), address, &size) == 0);
        port = ntohs(where.sin_port);
    }
};

/// Where a server is: an address, and the words of a command before its own, which lead to the network of it.
struct ssh_place {
    std::string address = "127.0.0.1";
    std::vector<std::string> enter = {};
};

/// The server, its user `scratch` (whose password is `password`) and a key pair that it lets in.
///
/// Ownership: all its processes are gone with it: it is the first of a process namespace.
class ssh_server {
public:
    static constexpr char const* password = scratch_password;

    /// @p settings go before ours in sshd_config, so they win. @p accounts outlives the server.
    explicit ssh_server(process::testing::scratch_accounts const& accounts, std::string const& settings = {},
                        ssh_place where = {})
        : accounts_(accounts), where_(std::move(where))
    {
        std::filesystem::permissions(accounts.path(), std::filesystem::perms(0755));
        for (auto const* left : {"home", "key", "key.pub", "other", "other.pub"})
            std::filesystem::remove_all(path(left));
        make_key("host_key");
        make_key("key");
        auto const pairs = accounts.file("pairs", std::string("scratch:") + password + "\n");
        // Not usermod: it refuses while a process of that number runs, be it another test's.
        must_run(accounts.within({"sh", "-c",
                                  "mkdir " + home() + " && chown scratch " + home() +
                                      " && sed -i 's#^\\(scratch:.*:\\)[^:]*:[^:]*$#\\1" + home() +
                                      ":/bin/bash#' /etc/passwd && chpasswd -c SHA512 < " + pairs}));
        static_cast<void>(accounts.file("config", "Host *\n  UserKnownHostsFile " + known_hosts() +
                                                      "\n  GlobalKnownHostsFile none\n"));
        for (int attempt = 0; attempt < 5 && !is_listening_; ++attempt)
            start(settings);
        REQUIRE_MESSAGE(is_listening_, words_);
        remember_key("host_key");
    }
    ssh_server(ssh_server const&) = delete;
    ssh_server& operator=(ssh_server const&) = delete;

    /// For `scratch`, with the key that it lets in, of a host that is known.
    [[nodiscard]] ssh_options with_key() const
    {
        auto made = without_key();
        made.identity_file = path("key");
        return made;
    }

    /// For `scratch`, without any way to prove it.
    [[nodiscard]] ssh_options without_key() const
    {
        ssh_options made;
        made.hostname = where_.address;
        made.port = port_;
        made.username = "scratch";
        made.config_file = path("config");
        return made;
    }

    /// For `scratch`, with a password.
    [[nodiscard]] ssh_options with_password(std::string_view text = password) const
    {
        auto made = without_key();
        made.known.password.emplace(text);
        return made;
    }

    /// Writes what the user knows of hosts: the public key in the file @p key of this server.
    void remember_key(std::string const& key) const
    {
        auto const line = base::read_file(path(key + ".pub"), 4096);
        REQUIRE(line.has_value());
        static_cast<void>(accounts_.file("known", '[' + where_.address + "]:" + std::to_string(port_) +
                                                      ",[localhost]:" + std::to_string(port_) + ' ' + *line));
    }

    void forget_keys() const { static_cast<void>(accounts_.file("known", "")); }

    void make_key(std::string const& name) const
    {
        if (!std::filesystem::exists(path(name)))
            must_run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path(name)});
    }

    /// Ends it and all connections at once.
    void kill() { program_.reset(); }

    /// What it has logged since it was last asked.
    [[nodiscard]] std::string log()
    {
        std::string text;
        while (await_log(0))
            text += std::exchange(words_, {});
        return text;
    }

    [[nodiscard]] std::string path(std::string const& name) const { return accounts_.path() + '/' + name; }
    [[nodiscard]] std::string home() const { return path("home"); }
    [[nodiscard]] std::string known_hosts() const { return path("known"); }
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    void start(std::string const& settings)
    {
        port_ = loopback_socket().port;
        static_cast<void>(accounts_.file(
            "sshd_config", "MaxStartups 100\n" + settings + "\nPort " + std::to_string(port_) +
                               "\nListenAddress " + where_.address + "\nHostKey " + path("host_key") +
                               "\nAuthorizedKeysFile " + path("key.pub") +
                               "\nStrictModes no\nUsePAM no\nPasswordAuthentication yes\nPidFile none\n"
                               "PrintMotd no\nPrintLastLog no\n"));
        auto errors = process::testing::make_pipe();
        auto what = process::command_of(process::testing::joined(
            process::testing::joined(where_.enter, {"unshare", "-p", "-f", "--kill-child"}),
            accounts_.within({"/usr/sbin/sshd", "-D", "-e", "-f", path("sshd_config")})));
        what.group = process::grouping::own_session;
        what.descriptors = {{2, errors.writer.get()}};
        auto started = process::launch(loop_.get_executor(), what);
        REQUIRE_MESSAGE(started.has_value(), started.error().message());
        program_.emplace(std::move(*started));
        log_ = std::move(errors.reader);
        errors.writer.reset();
        words_.clear();
        while (!words_.contains("Server listening on") && await_log(20'000)) {
        }
        is_listening_ = words_.contains("Server listening on");
    }

    /// Reads on; false at the end, or when nothing came in time.
    bool await_log(int milliseconds)
    {
        ::pollfd waited{log_.get(), POLLIN, 0};
        if (::poll(&waited, 1, milliseconds) != 1)
            return false;
        std::array<char, 4096> chunk;
        auto const count = ::read(log_.get(), chunk.data(), chunk.size());
        if (count <= 0)
            return false;
        words_.append(chunk.data(), static_cast<std::size_t>(count));
        return true;
    }

    process::testing::scratch_accounts const& accounts_;
    ssh_place where_;
    asio::io_context loop_;  // for the child alone; nobody waits for it
    base::unique_fd log_;
    std::optional<process::child> program_;
    std::string words_;
    std::uint16_t port_ = 0;
    bool is_listening_ = false;
};

}  // namespace tendril::remote::testing
