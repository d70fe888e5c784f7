#include <tendril/process/output.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
namespace fs = std::filesystem;

/// A gpg of its own: its folder, and no agent left running afterwards.
struct gpg_home {
    std::string path = (fs::temp_directory_path() / "tendril-gpg-XXXXXX").string();
    gpg_home() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~gpg_home()
    {
        run("gpgconf", {"--kill", "all"}, "");
        // The agent removes its sockets as it goes; what it has taken away, remove_all stumbles over.
        std::error_code why;
        do {
            fs::remove_all(path, why);
        } while (why == std::errc::no_such_file_or_directory || why == std::errc::directory_not_empty);
        CHECK_FALSE(why);
    }
    gpg_home(gpg_home const&) = delete;
    gpg_home& operator=(gpg_home const&) = delete;

    std::string file(std::string const& name, std::string const& text) const
    {
        auto const where = path + '/' + name;
        std::ofstream(where) << text;
        return where;
    }

    process::captured run(std::string program, std::vector<std::string> words, std::string input) const
    {
        asio::io_context loop;
        process::command what;
        what.program = std::move(program);
        what.arguments = std::move(words);
        what.environment = process::environment::inherit();
        what.environment.set("GNUPGHOME", path);
        auto seen = process::async_output_and_status(loop.get_executor(), what, {.input = std::move(input)},
                                                     asio::use_future);
        loop.run();
        return seen.get().value();
    }
};

TEST_CASE("C16: gpg takes the passphrase on descriptor 3 and reports its status on 4, through both faces")
{
    gpg_home const home;
    auto const right = home.file("right", "open sesame\n");
    auto const wrong = home.file("wrong", "open barley\n");
    for (std::string const face : {"events", "operations"}) {
        CAPTURE(face);
        auto const hidden = home.run(TENDRIL_GPG_PASSPHRASE, {"encrypt", right, face}, "the treasure\n");
        CAPTURE(hidden.errors);
        REQUIRE(hidden.ending.status.success());
        CHECK(hidden.errors.find("[GNUPG:] END_ENCRYPTION") != std::string::npos);
        CHECK(hidden.output.find("treasure") == std::string::npos);

        auto const found = home.run(TENDRIL_GPG_PASSPHRASE, {"decrypt", right, face}, hidden.output);
        CHECK(found.output == "the treasure\n");
        CHECK(found.errors.find("[GNUPG:] DECRYPTION_OKAY") != std::string::npos);

        auto const refused = home.run(TENDRIL_GPG_PASSPHRASE, {"decrypt", wrong, face}, hidden.output);
        CHECK(refused.output == "");
        CHECK_FALSE(refused.ending.status.success());
        CHECK(refused.errors.find("[GNUPG:] DECRYPTION_FAILED") != std::string::npos);
    }
}

}  // namespace
