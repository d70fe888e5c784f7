#include <tendril/base/file.hpp>
#include <tendril/process/detail/opened_redirections.hpp>
#include <tendril/process/errc.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace tendril::process::detail {

namespace {

constexpr mode_t for_all_that_umask_lets = 0666;

result<base::unique_fd> open_path(std::string const& path, int flags)
{
    base::unique_fd file(::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, for_all_that_umask_lets));
    if (!file)
        return os_failure(path);
    return file;
}

struct opening {
    result<base::unique_fd> operator()(null_device) const { return open_path("/dev/null", O_RDWR); }

    result<base::unique_fd> operator()(file_to_read const& source) const
    {
        return open_path(source.path, O_RDONLY);
    }

    result<base::unique_fd> operator()(file_to_replace const& source) const
    {
        return open_path(source.path, O_WRONLY | O_CREAT | O_TRUNC);
    }

    result<base::unique_fd> operator()(file_to_append const& source) const
    {
        return open_path(source.path, O_WRONLY | O_CREAT | O_APPEND);
    }

    result<base::unique_fd> operator()(contents const& source) const
    {
        std::string const name = "in memory";
        base::unique_fd file(::memfd_create("tendril", MFD_CLOEXEC | MFD_ALLOW_SEALING));
        if (!file)
            return os_failure(name);
        if (auto const written = base::write_all(file.get(), base::bytes_of(source.bytes), name); !written)
            return failure(written.error().code, name);
        auto const seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
        if (::lseek(file.get(), 0, SEEK_SET) < 0 || ::fcntl(file.get(), F_ADD_SEALS, seals) < 0)
            return os_failure(name);
        return file;
    }

    result<base::unique_fd> operator()(duplicate_of) const { return base::unique_fd(); }
};

}  // namespace

std::expected<opened_redirections, spawn_error> open_redirections(command const& what)
{
    opened_redirections opened{what.descriptors, {}};
    auto& map = opened.map;
    for (auto const& each : what.redirections)
        std::erase_if(map, [&](descriptor_mapping const& mapped) { return mapped.child == each.child; });

    for (auto const& each : what.redirections) {
        if (std::holds_alternative<duplicate_of>(each.source))
            continue;
        auto file = std::visit(opening{}, each.source);
        if (!file)
            return std::unexpected(
                make_spawn_error(step::open_file, file.error().code, what.program, file.error().attempt));
        map.push_back({each.child, file->get()});
        opened.files.push_back(std::move(*file));
    }

    // After the files, so that the order in which a person lists the two does not matter.
    for (auto const& each : what.redirections) {
        auto const* const original = std::get_if<duplicate_of>(&each.source);
        if (!original)
            continue;
        auto const found = std::ranges::find(map, original->descriptor, &descriptor_mapping::child);
        if (found == map.end())
            return std::unexpected(
                make_spawn_error(step::descriptors, make_error_code(boost::system::errc::bad_file_descriptor),
                                 what.program, "with " + std::to_string(original->descriptor)));
        map.push_back({each.child, found->parent});
    }
    return opened;
}

}  // namespace tendril::process::detail
