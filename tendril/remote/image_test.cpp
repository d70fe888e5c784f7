#include <tendril/base/file.hpp>
#include <tendril/remote/image_store.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace tendril::remote;

/// What a shell command prints, without its last newline.
std::string printed(std::string const& command)
{
    auto* const from = ::popen(command.c_str(), "r");
    REQUIRE(from != nullptr);
    std::string text;
    for (int letter = 0; (letter = std::fgetc(from)) != EOF;)
        text += static_cast<char>(letter);
    CHECK(::pclose(from) == 0);
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

struct folder {
    folder() { REQUIRE(::mkdtemp(path.data()) != nullptr); }
    ~folder() { std::filesystem::remove_all(path); }
    std::string path = "/tmp/images-XXXXXX";
};

TEST_CASE("K01: a program knows its machine, its hash, and how gzip would have it")
{
    auto const program = image::open(TENDRIL_FAR_PROGRAM);
    REQUIRE(program.has_value());
    auto& one = **program;
    CHECK(one.machine() == "x86_64");
    CHECK(one.hash() + "  -" == printed("sha256sum <" TENDRIL_FAR_PROGRAM));

    int slices = 1;
    while (!one.pack_some())
        ++slices;
    CHECK(slices > 3);
    CHECK(one.pack_some());
    folder const in;
    std::ofstream(in.path + "/x.gz", std::ios::binary) << base::text_of(one.packed());
    CHECK(printed("gzip -dc " + in.path + "/x.gz | sha256sum") == one.hash() + "  -");
}

TEST_CASE("K01: a program that several threads want compressed is compressed once")
{
    auto const program = *image::open(TENDRIL_FAR_PROGRAM);
    auto const alone = *image::open(TENDRIL_FAR_PROGRAM);
    while (!alone->pack_some())
        continue;
    {
        std::vector<std::jthread> threads;
        for (int count = 0; count < 4; ++count)
            threads.emplace_back([&] {
                while (!program->pack_some())
                    continue;
            });
    }
    CHECK(base::text_of(program->packed()) == base::text_of(alone->packed()));
}

TEST_CASE("K01: what is not a static program of a known machine is refused")
{
    for (auto const* path : {"/bin/ls", "/etc/passwd"}) {
        auto const refused = image::open(path);
        REQUIRE(!refused.has_value());
        CHECK(refused.error().code == boost::system::errc::executable_format_error);
        CHECK(refused.error().message().contains(path));
    }
    CHECK(image::open("/nowhere").error().code == boost::system::errc::no_such_file_or_directory);
    CHECK(image_store::of_this_program().error().code == boost::system::errc::executable_format_error);
}

TEST_CASE("K01: a file that is cut or damaged anywhere in its head is refused and nothing worse")
{
    auto const whole = base::read_file(TENDRIL_FAR_PROGRAM, 64 << 20);
    REQUIRE(whole.has_value());
    folder const in;
    auto const path = in.path + "/x";
    for (std::size_t at = 0; at < 64; ++at) {
        auto changed = whole->substr(0, 4096);
        changed[at] = static_cast<char>(changed[at] ^ 0xff);
        std::ofstream(path, std::ios::binary) << changed;
        static_cast<void>(image::open(path));
        std::ofstream(path, std::ios::binary) << whole->substr(0, at);
        CHECK(!image::open(path).has_value());
    }
}

TEST_CASE("K01: a folder gives one program for each machine")
{
    folder const in;
    CHECK(image_store::open(in.path).error().code == boost::system::errc::no_such_file_or_directory);
    std::filesystem::copy_file(TENDRIL_FAR_PROGRAM, in.path + "/one");
    std::ofstream(in.path + "/README") << "not a program";
    auto const store = image_store::open(in.path);
    REQUIRE(store.has_value());
    CHECK(store->machines() == "x86_64");
    CHECK(store->find("x86_64")->machine() == "x86_64");
    CHECK(store->find("aarch64") == nullptr);

    std::filesystem::copy_file(TENDRIL_FAR_PROGRAM, in.path + "/two");
    CHECK(image_store::open(in.path).error().code == boost::system::errc::file_exists);
}

}  // namespace
