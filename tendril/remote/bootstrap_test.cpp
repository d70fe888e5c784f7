#include <tendril/remote/testing/far_end.hpp>

namespace {

using namespace tendril;
using namespace tendril::remote;
using namespace tendril::remote::testing;

/// Makes @p name the only shell, and for busybox the only tools, that @p far has.
bool take_shell(far_end& far, std::string const& name)
{
    auto const program = path_of(name);
    if (program.empty()) {
        MESSAGE("skipped: there is no " << name);
        return false;
    }
    far.link("sh", program);
    if (name == "busybox") {
        for (auto const* tool :
             {"dd", "gzip", "zcat", "sha256sum", "uname", "rm", "mkdir", "chmod", "mv", "find", "wc", "cat"})
            far.link(tool, program);
        far.how.environment.set("PATH", far.bin());
    }
    return true;
}

bool take_login_shell(far_end& far, std::string const& name)
{
    auto const program = path_of(name);
    far.how.shell = {program};
    if (name == "busybox")
        far.how.shell.push_back("sh");
    return !program.empty();
}

void check_visit(asio::io_context& loop, far_end const& far, caching keep, bool is_sent)
{
    auto asked = asking("first words\n");
    asked.keep = keep;
    auto at = must_reach(loop, far, asked);
    CHECK((at.image_bytes() > 0) == is_sent);
    CHECK(at.said("first words\n") == "tendril:web1 echo\nfirst words\n");
}

void check_shells(asio::io_context& loop, std::string const& sh, std::string const& login)
{
    CAPTURE(sh);
    CAPTURE(login);
    far_end far;
    if (!take_shell(far, sh) || !take_login_shell(far, login))
        return;
    check_visit(loop, far, caching::off, true);
    CHECK(far.files() == std::vector<std::string>{});
    check_visit(loop, far, caching::on, true);
    check_visit(loop, far, caching::on, false);
    CHECK(far.files() == std::vector<std::string>{"home/.cache/tendril/" + store()->hashes().at("x86_64")});
}

TEST_CASE("K01: every sh leads to the program, sent at the first visit and found at the second")
{
    asio::io_context loop;
    for (auto const* sh : {"dash", "bash", "busybox", "zsh"})
        check_shells(loop, sh, "dash");
}

TEST_CASE("K01: every login shell leads to the program")
{
    asio::io_context loop;
    for (auto const* login : {"bash", "busybox", "zsh", "csh", "tcsh"})
        check_shells(loop, "dash", login);
}

TEST_CASE("K01: what is kept is for its owner only, whatever the umask")
{
    asio::io_context loop;
    far_end far;
    far.how.shell = {"/bin/sh", "-c", "umask 0; exec sh \"$@\"", "sh"};
    static_cast<void>(must_reach(loop, far));
    auto const cache = std::filesystem::path(far.home()) / ".cache/tendril";

    for (auto const& kept : {cache, cache / store()->hashes().at("x86_64")})
        CHECK(std::filesystem::status(kept).permissions() == std::filesystem::perms::owner_all);
}

TEST_CASE("K01: the program is sent compressed where it can be unpacked, and as it is elsewhere")
{
    asio::io_context loop;
    far_end far;
    auto const size = std::filesystem::file_size(TENDRIL_FAR_PROGRAM);
    CHECK(must_reach(loop, far).image_bytes() < size * 6 / 10);

    far_end bare;
    for (auto const* tool : {"sh", "dd", "uname", "rm", "mkdir", "chmod", "wc", "cat"})
        bare.link(tool, path_of(tool));
    bare.how.environment.set("PATH", bare.bin());
    CHECK(must_reach(loop, bare).image_bytes() == size);

    bare.link("zcat", path_of("busybox"));
    CHECK(must_reach(loop, bare).image_bytes() < size * 6 / 10);
}

TEST_CASE("K01: without a way to verify it, nothing is kept")
{
    asio::io_context loop;
    far_end far;
    for (auto const* tool : {"sh", "dd", "gzip", "uname", "rm", "mkdir", "chmod", "mv", "find", "wc", "cat"})
        far.link(tool, path_of(tool));
    far.how.environment.set("PATH", far.bin());

    for (int visit = 0; visit < 2; ++visit) {
        auto at = must_reach(loop, far);
        CHECK(at.image_bytes() > 0);
        CHECK(at.said("\n") == "tendril:web1 echo\n");
        CHECK(far.files().empty());
    }
}

TEST_CASE("K01: banners and noisy start-up files are read over")
{
    asio::io_context loop;
    far_end far;
    far.write_home(".zshenv", "echo welcome; echo \"TENDRIL<0123456789abcdef run>\"; set -x\n");
    far.write_home(".cshrc", "echo -n 'no newline here TENDRIL<'\nset echo\nset verbose\n");
    far.write_home("rc", "echo welcome; head -c 300000 /dev/zero; set -x\n");
    far.how.environment.set("BASH_ENV", far.home() + "/rc");
    far.link("sh", path_of("bash"));
    for (auto const* login : {"zsh", "csh", "tcsh", "bash"}) {
        CAPTURE(login);
        if (!take_login_shell(far, login))
            continue;
        check_visit(loop, far, caching::off, true);
    }
}

TEST_CASE("K01: a file in the cache that was changed or cut is noticed, sent anew and replaced")
{
    asio::io_context loop;
    far_end far;
    auto const cached = far.home() + "/.cache/tendril/" + store()->hashes().at("x86_64");
    static_cast<void>(must_reach(loop, far));
    for (bool const is_cut : {false, true}) {
        CAPTURE(is_cut);
        if (is_cut)
            std::filesystem::resize_file(cached, 100'000);
        else
            far_end::write(cached, "#!/bin/sh\necho you have been had\n");
        check_visit(loop, far, caching::on, true);
        check_visit(loop, far, caching::on, false);
    }
}

TEST_CASE("K01: masters that come at once leave one whole file")
{
    asio::io_context loop;
    far_end far;
    int arrived = 0;
    for (int master = 0; master < 4; ++master)
        asio::co_spawn(loop, bootstrap(loop.get_executor(), local(far.how), store(), asking()),
                       [&](std::exception_ptr why, std::expected<reached, connect_error> got) {
                           REQUIRE(!why);
                           arrived += got.has_value();
                       });
    loop.run();

    CHECK(arrived == 4);
    CHECK(far.files().size() == 1);
    loop.restart();
    check_visit(loop, far, caching::on, false);
}

TEST_CASE("K01: what was kept and not used for a month is removed when something new is kept")
{
    asio::io_context loop;
    far_end far;
    static_cast<void>(must_reach(loop, far));
    auto const old = far.home() + "/.cache/tendril/old";
    far_end::write(old, "of last year");
    std::filesystem::remove(far.home() + "/.cache/tendril/" + store()->hashes().at("x86_64"));
    REQUIRE(std::system(("touch -a -d '40 days ago' '" + old + "'").c_str()) == 0);
    static_cast<void>(must_reach(loop, far));

    CHECK(far.files().size() == 1);
    CHECK_FALSE(std::filesystem::exists(old));
}

TEST_CASE("K01: a sent program is shown by its name, and has no descriptor too many")
{
    asio::io_context loop;
    far_end far;
    for (auto const keep : {caching::off, caching::on}) {
        auto asked = asking();
        asked.word = "process";
        asked.keep = keep;
        auto at = must_reach(loop, far, asked);
        auto const shown = at.said("+");
        CHECK(shown.starts_with("tendril:web1 process\ntendril:web1|process|"));
        CHECK(shown.contains("|tendril:web1+0"));
    }
}

}  // namespace
