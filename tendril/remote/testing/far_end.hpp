#pragma once

/// @file
/// A far end for tests: folders of its own, shells of its own, and the way there.
/// Layer: remote (base, io, process); for tests.

#include <tendril/remote/bootstrap.hpp>
#include <tendril/remote/local.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <doctest/doctest.h>

namespace tendril::remote::testing {

/// Where a program is in PATH; empty when it is nowhere.
inline std::string path_of(std::string_view program)
{
    for (auto const* folder : {"/usr/local/bin/", "/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"})
        if (auto path = folder + std::string(program); std::filesystem::exists(path))
            return path;
    return {};
}

/// A home, a place for temporary files and a folder of programs, gone with the object. A space is in all
/// their names.
class far_end {
public:
    far_end()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "far end-XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        root_ = pattern;
        for (auto const* folder : {"home", "tmp", "bin"})
            std::filesystem::create_directory(root_ / folder);
        how.environment = process::environment::of({});
        how.environment.set("HOME", home())
            .set("TMPDIR", (root_ / "tmp").string())
            .set("PATH", bin() + ":/usr/bin:/bin");
        how.working_directory = home();
    }
    far_end(far_end const&) = delete;
    far_end& operator=(far_end const&) = delete;
    ~far_end()
    {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }

    [[nodiscard]] std::string home() const { return root_ / "home"; }
    [[nodiscard]] std::string bin() const { return root_ / "bin"; }

    /// A file of the folder of programs that is that program.
    void link(std::string const& name, std::string const& program) const
    {
        std::filesystem::create_symlink(program, root_ / "bin" / name);
    }

    /// A program that is a shell script.
    void script(std::string const& name, std::string_view text) const
    {
        write(root_ / "bin" / name, "#!/bin/sh\n" + std::string(text) + '\n');
        std::filesystem::permissions(root_ / "bin" / name, std::filesystem::perms::owner_all);
    }

    /// A file that the login shell reads, in the home.
    void write_home(std::string const& name, std::string_view text) const
    {
        write(root_ / "home" / name, text);
    }

    static void write(std::filesystem::path const& path, std::string_view text)
    {
        std::ofstream(path, std::ios::binary) << text;
    }

    /// The files below home and the temporary place, without the dot files of shells.
    [[nodiscard]] std::vector<std::string> files() const
    {
        std::vector<std::string> found;
        for (auto const* folder : {"home", "tmp"})
            for (auto const& at : std::filesystem::recursive_directory_iterator(root_ / folder))
                if (!at.is_directory() || at.path().filename().string().starts_with(".tendril"))
                    found.push_back(at.path().lexically_relative(root_));
        std::ranges::sort(found);
        return found;
    }

    /// Runs before the shell: `setup && exec sh "$@"`, as root of name spaces of its own.
    void in_own_mounts(std::string const& setup)
    {
        how.shell = {path_of("unshare"), "-Urm", "/bin/sh", "-c", setup + " && exec /bin/sh \"$@\"", "sh"};
    }

    local_options how;

private:
    std::filesystem::path root_;
};

/// False, with a word about it, where the tests may not mount.
inline bool can_mount()
{
    static bool const able = std::system("unshare -Urm mount -t tmpfs tmpfs /mnt 2>/dev/null") == 0;
    if (!able)
        MESSAGE("skipped: no name spaces of our own here");
    return able;
}

/// False, with a word about it, where name spaces have no programs of other machines of their own.
inline bool can_register_programs()
{
    static bool const able =
        std::system("unshare -Urm mount -t binfmt_misc binfmt_misc /mnt 2>/dev/null") == 0;
    if (!able)
        MESSAGE("skipped: no binfmt_misc in name spaces here");
    return able;
}

/// For in_own_mounts(): programs for aarch64 run, by @p emulator.
inline std::string run_foreign_programs(std::string const& emulator)
{
    return "mount -t binfmt_misc binfmt_misc /mnt && printf '%s' ':aarch64:M:16:\\x02\\x00\\xb7::" +
           emulator + ":' >/mnt/register";
}

inline std::shared_ptr<image_store const> store_of(std::string const& path)
{
    auto store = image_store::open(path);
    REQUIRE(store.has_value());
    return std::make_shared<image_store const>(std::move(*store));
}

/// The program that the tests send; compressed once.
inline std::shared_ptr<image_store const> store()
{
    static auto const only = store_of(TENDRIL_FAR_PROGRAM);
    return only;
}

inline bootstrap_options asking(std::string_view first = "")
{
    auto const bytes = base::bytes_of(first);
    return {.name = "web1", .word = "echo", .first_bytes = {bytes.begin(), bytes.end()}};
}

/// Runs @p task to its end.
template <typename Value>
Value run(asio::io_context& loop, asio::awaitable<Value> task)
{
    std::optional<Value> value;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr why, Value got) {
        if (why)
            std::rethrow_exception(why);
        value.emplace(std::move(got));
    });
    loop.restart();
    while (!value && loop.run_one() > 0)
        continue;
    REQUIRE(value.has_value());
    return std::move(*value);
}

/// What comes out of @p from until @p end was seen, or the stream has ended; begins with @p text.
inline asio::awaitable<std::string> text_until(io::stream* from, std::string text, std::string end)
{
    std::array<std::byte, 4096> buffer;
    while (!text.contains(end)) {
        auto const [why, count] = co_await from->async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        if (why)
            break;
        text += base::text_of(std::span(buffer).first(count));
    }
    co_return text;
}

/// Bootstraps @p far and gives what came of it.
inline std::expected<reached, connect_error> reach(asio::io_context& loop, far_end const& far,
                                                   bootstrap_options asked = asking(),
                                                   std::shared_ptr<image_store const> images = store())
{
    return run(loop, bootstrap(loop.get_executor(), local(far.how), std::move(images), std::move(asked)));
}

/// A far program that is asked to end, and waited for, when the test is through with it.
class visit {
public:
    visit(asio::io_context& loop, reached at) : loop_(&loop), at_(std::move(at)) {}
    visit(visit&& other) noexcept = default;
    visit& operator=(visit&&) = delete;
    ~visit()
    {
        if (!at_.way)
            return;
        ::shutdown(at_.way->stream().native_handle(), SHUT_WR);
        static_cast<void>(run(*loop_, at_.way->failure()));
    }

    /// What the program said, from its first byte to @p end.
    [[nodiscard]] std::string said(std::string const& end)
    {
        auto const early = std::string(base::text_of(at_.early));
        return run(*loop_, text_until(&at_.way->stream(), early, end));
    }

    [[nodiscard]] std::size_t image_bytes() const { return at_.image_bytes; }

private:
    asio::io_context* loop_;
    reached at_;
};

/// The same; a failure fails the test, in its own words.
inline visit must_reach(asio::io_context& loop, far_end const& far, bootstrap_options asked = asking(),
                        std::shared_ptr<image_store const> images = store())
{
    auto got = reach(loop, far, std::move(asked), std::move(images));
    REQUIRE_MESSAGE(got.has_value(), got.error().message());
    return {loop, std::move(*got)};
}

/// Why @p far cannot be reached.
inline connect_error must_fail(asio::io_context& loop, far_end const& far, bootstrap_options asked = asking())
{
    auto got = reach(loop, far, std::move(asked));
    REQUIRE(!got.has_value());
    INFO(got.error().message());
    return std::move(got.error());
}

}  // namespace tendril::remote::testing
