#include <tendril/remote/image_store.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace tendril::remote {

namespace {

namespace errc = boost::system::errc;

/// The files of a folder, by name, so that errors do not depend on its order.
result<std::vector<std::string>> files_of(std::string const& folder)
{
    std::error_code why;
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
        std::error_code ignored;
        if (at->is_regular_file(ignored))
            files.push_back(at->path().string());
    }
    if (why)
        return failure(error_code(why.value(), boost::system::system_category()), "read " + folder);
    std::ranges::sort(files);
    return files;
}

}  // namespace

result<image_store> image_store::open(std::string const& path)
{
    image_store store;
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
        auto one = image::open(path);
        if (!one)
            return std::unexpected(std::move(one.error()));
        store.images_.emplace((*one)->machine(), *one);
        return store;
    }
    auto const files = files_of(path);
    if (!files)
        return std::unexpected(files.error());
    for (auto const& file : *files) {
        auto one = image::open(file);
        if (!one && one.error().code == errc::executable_format_error)
            continue;
        if (!one)
            return std::unexpected(std::move(one.error()));
        if (!store.images_.emplace((*one)->machine(), *one).second)
            return failure(make_error_code(errc::file_exists),
                           "take a second " + (*one)->machine() + " program: " + file);
    }
    if (store.images_.empty())
        return failure(make_error_code(errc::no_such_file_or_directory), "find a static program in " + path);
    return store;
}

result<image_store> image_store::of_this_program()
{
    return open("/proc/self/exe");
}

std::shared_ptr<image> image_store::find(std::string_view machine) const
{
    auto const found = images_.find(machine);
    return found == images_.end() ? nullptr : found->second;
}

std::map<std::string, std::string> image_store::hashes() const
{
    std::map<std::string, std::string> all;
    for (auto const& [machine, one] : images_)
        all.emplace(machine, one->hash());
    return all;
}

std::string image_store::machines() const
{
    std::string all;
    for (auto const& [machine, one] : images_)
        all += (all.empty() ? "" : ", ") + machine;
    return all;
}

}  // namespace tendril::remote
