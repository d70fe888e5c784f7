#include <tendril/archive/catalog.hpp>
#include <tendril/archive/detail/folder.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include <sys/stat.h>

namespace tendril::archive::detail {

namespace fs = std::filesystem;

namespace {

std::string environment(char const* name)
{
    auto const* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets variables here
    return value ? value : "";
}

/// FNV-1a: names a file, and nobody gains by a collision.
std::uint64_t hash_of(std::string_view text) noexcept
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (char const c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

result<void> make_private_folders(fs::path const& path)
{
    if (path.has_parent_path() && path != path.parent_path() && !fs::exists(path.parent_path()))
        if (auto made = make_private_folders(path.parent_path()); !made)
            return made;
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return os_failure("make the folder " + path.string());
    return {};
}

}  // namespace

result<std::string> real_path(std::string const& folder)
{
    std::unique_ptr<char, void (*)(void*)> const real(::realpath(folder.c_str(), nullptr), std::free);
    if (!real)
        return os_failure("look into " + folder);
    if (!fs::is_directory(real.get()))
        return failure(boost::system::errc::make_error_code(boost::system::errc::not_a_directory),
                       "look into " + folder);
    return std::string(real.get());
}

result<std::vector<seen_file>> recordings_below(std::string const& folder)
{
    std::error_code why;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, why);
    if (why)
        return failure(error_code(why.value(), boost::system::system_category()), "look into " + folder);
    std::vector<seen_file> found;
    for (fs::recursive_directory_iterator const end; at != end; at.increment(why)) {
        if (why)
            return failure(error_code(why.value(), boost::system::system_category()), "look into " + folder);
        auto const name = at->path().filename().string();
        if (name.starts_with('.')) {
            at.disable_recursion_pending();
            continue;
        }
        struct ::stat status{};
        if (!is_recording_name(name) || ::stat(at->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode))
            continue;
        found.push_back(
            {.path = at->path().lexically_relative(folder).string(),
             .changed = status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec,
             .bytes = status.st_size});
    }
    std::ranges::sort(found, {}, &seen_file::changed);
    return found;
}

result<std::string> index_path(std::string const& folder, std::string const& place)
{
    fs::path where = place;
    if (place.empty()) {
        auto const cache = environment("XDG_CACHE_HOME");
        auto const home = environment("HOME");
        if (!cache.starts_with('/') && home.empty())
            return failure(
                boost::system::errc::make_error_code(boost::system::errc::no_such_file_or_directory),
                "find a folder for the index: neither XDG_CACHE_HOME nor HOME is set");
        where = (cache.starts_with('/') ? fs::path(cache) : fs::path(home) / ".cache") / "tendril";
    }
    if (auto made = make_private_folders(where); !made)
        return std::unexpected(made.error());
    std::array<char, 17> name;
    std::snprintf(name.data(), name.size(), "%016llx", static_cast<unsigned long long>(hash_of(folder)));
    return (where / ("recordings-" + std::string(name.data()) + ".index")).string();
}

}  // namespace tendril::archive::detail
