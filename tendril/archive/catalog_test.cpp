#include <tendril/archive/catalog.hpp>
#include <tendril/base/file.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
namespace fs = std::filesystem;

/// A folder of recordings, and one for the index; both go with it.
struct shelf {
    shelf() : root(fs::temp_directory_path() / ("tendril_catalog." + std::to_string(::getpid())))
    {
        fs::create_directories(root / "recordings/below");
    }
    shelf(shelf const&) = delete;
    shelf& operator=(shelf const&) = delete;
    ~shelf() { fs::remove_all(root); }

    void put(std::string const& name, std::string const& content) const
    {
        REQUIRE(base::replace_file((root / "recordings" / name).string(), content).has_value());
    }

    [[nodiscard]] archive::catalog open() const
    {
        auto opened = archive::catalog::open((root / "recordings").string(), (root / "index").string());
        REQUIRE_MESSAGE(opened.has_value(), (opened ? "" : opened.error().message()));
        return std::move(*opened);
    }

    [[nodiscard]] fs::path index_file() const
    {
        auto const all = fs::directory_iterator(root / "index");
        return std::find_if(begin(all), end(all),
                            [](auto const& each) { return each.path().extension() == ".index"; })
            ->path();
    }

    fs::path root;
};

std::string cast(std::string const& command, std::string const& output, int began = 1'700'000'000)
{
    return R"({"version":2,"width":80,"height":24,"timestamp":)" + std::to_string(began) + R"(,"command":")" +
           command + "\"}\n[1.5, \"o\", \"" + output + "\"]\n";
}

std::vector<archive::finding> found(archive::catalog& in, std::string const& text)
{
    std::vector<archive::finding> all;
    REQUIRE(in.search(text, [&](archive::finding const& each) {
                  all.push_back(each);
                  return true;
              }).has_value());
    return all;
}

TEST_CASE("L07: recordings are listed with what they say about themselves, the latest first")
{
    shelf const here;
    here.put("a.cast", cast("make all", "hello", 1'700'000'000));
    here.put("below/b.cast", cast("vim", "hello", 1'800'000'000));
    here.put("notes.txt", "no recording");
    here.put(".hidden.cast", cast("no", "no"));
    auto index = here.open();
    auto const change = index.refresh();
    REQUIRE(change.has_value());
    CHECK(change->added == 2);
    CHECK(change->troubles.empty());

    auto const all = index.entries().value();
    REQUIRE(all.size() == 2);
    CHECK(all[0].path == "below/b.cast");
    CHECK(all[1].path == "a.cast");
    CHECK(all[1].command == "make all");
    CHECK(all[1].format == "asciicast-v2");
    CHECK(all[1].length == std::chrono::milliseconds(1500));
    CHECK(all[1].size == record::screen_size{80, 24});
}

TEST_CASE("L07: text is found with its recording and its time, whatever its case, and so is the command")
{
    shelf const here;
    here.put("a.cast",
             cast("ssh build-host", "first\\r\\n\\u001b[31mUndefined\\u001b[m reference to \\\"x\\\"\\r\\n"));
    here.put("b.cast", cast("true", "nothing of the kind"));
    auto index = here.open();
    REQUIRE(index.refresh().has_value());

    auto const lines = found(index, "undefined refer");
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].path == "a.cast");
    CHECK(lines[0].at == std::chrono::milliseconds(1500));
    CHECK(lines[0].text == "Undefined reference to \"x\"");
    auto const commands = found(index, "build-host");
    REQUIRE(commands.size() == 1);
    CHECK(commands[0].in_header);
    CHECK(found(index, "reference undefined").empty());
    CHECK(found(index, "\" OR *").empty());
}

TEST_CASE("L07: the last word may go on, in few ways or in many, and each line is found once and in order")
{
    shelf const here;
    std::string many;
    for (int each = 0; each < 9000; ++each)
        many += "word" + std::to_string(each % 150) + " of line" + std::to_string(each) + "\\r\\n";
    here.put("a.cast", cast("one", many));
    here.put("b.cast", cast("two", "Unter und \u00dcber\\r\\nunder\\r\\nno word"));
    auto index = here.open();
    REQUIRE(index.refresh().has_value());

    CHECK(found(index, "un").size() == 2);
    CHECK(found(index, "UNTER un").size() == 1);
    CHECK(found(index, "unter und.").size() == 1);
    CHECK(found(index, "ub").size() == 1);
    CHECK(found(index, "\u00dcb").size() == 1);
    CHECK(found(index, "uns").empty());
    for (std::string const text : {"w", "word", "word7", "word14"}) {
        auto const lines = found(index, text);
        int expected = 0;
        int last = -1;
        for (int each = 0; each < 9000; ++each)
            expected += ("word" + std::to_string(each % 150)).starts_with(text) ? 1 : 0;
        CHECK(std::ranges::count(lines, "a.cast", &archive::finding::path) == expected);
        for (auto const& each : lines) {
            if (each.path != "a.cast")
                continue;
            auto const number = std::stoi(each.text.substr(each.text.find("line") + 4));
            CHECK(number > last);
            last = number;
        }
    }
}

TEST_CASE("L07: whoever takes time over what was found keeps nobody from reading recordings")
{
    shelf const here;
    here.put("a.cast", cast("one", "apple\\r\\napple\\r\\napple"));
    auto slow = here.open();
    REQUIRE(slow.refresh().has_value());
    std::size_t taken = 0;
    auto const done = slow.search("app", [&](archive::finding const&) {
        here.put("b" + std::to_string(++taken) + ".cast", cast("two", "apple"));
        auto other = here.open();
        auto const change = other.refresh();
        REQUIRE_MESSAGE(change.has_value(), (change ? "" : change.error().message()));
        CHECK(change->added == 1);
        return true;
    });

    REQUIRE(done.has_value());
    CHECK(taken >= 3);
}

TEST_CASE(
    "L07: the index follows the folder: what changed is read again, what is gone is forgotten, nothing twice")
{
    shelf const here;
    here.put("a.cast", cast("one", "apple"));
    here.put("b.cast", cast("two", "pear"));
    {
        auto index = here.open();
        REQUIRE(index.refresh().has_value());
    }
    auto index = here.open();
    auto const nothing = index.refresh().value();
    CHECK(nothing.added + nothing.updated + nothing.removed == 0);

    here.put("a.cast", cast("one", "quince and apple"));
    fs::remove(here.root / "recordings/b.cast");
    auto const change = index.refresh().value();
    CHECK(change.updated == 1);
    CHECK(change.removed == 1);
    CHECK(found(index, "quince").size() == 1);
    CHECK(found(index, "apple").size() == 1);
    CHECK(found(index, "pear").empty());
}

TEST_CASE("L07: a damaged index is made anew from the recordings, and only its owner can read it")
{
    shelf const here;
    here.put("a.cast", cast("one", "apple"));
    REQUIRE(here.open().refresh().has_value());
    struct ::stat status{};
    REQUIRE(::stat(here.index_file().c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);

    REQUIRE(base::replace_file(here.index_file().string(), std::string(100'000, 'x')).has_value());
    auto index = here.open();
    CHECK(index.refresh().value().added == 1);
    CHECK(found(index, "apple").size() == 1);
}

TEST_CASE("L07: what cannot be read is named once, and what could be read of it is found")
{
    shelf const here;
    here.put("cut.cast", cast("one", "apple") + "this is no event\n");
    here.put("noise.cast", "\x01\x02\x03");
    auto index = here.open();
    auto const change = index.refresh().value();
    CHECK(change.added == 2);
    CHECK(change.troubles.size() == 2);
    CHECK(found(index, "apple").size() == 1);
    CHECK(index.refresh().value().troubles.empty());
}

TEST_CASE("L07: a folder that is not there is an error that names it")
{
    auto const opened = archive::catalog::open("/nowhere/at/all");
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().message() == "cannot look into /nowhere/at/all: No such file or directory");
}

}  // namespace
