#include <tendril/remote/arrival.hpp>
#include <tendril/remote/log_file.hpp>
#include <tendril/remote/main.hpp>
#include <tendril/remote/served_context.hpp>
#include <tendril/rpc/broker.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include <malloc.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

namespace tendril {

namespace {

std::string_view setting(char const* name)
{
    auto const* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : value;
}

rpc::log_sink sink_of_environment()
{
    std::string const path(setting("TENDRIL_LOG"));
    if (path.empty())
        return log_to_standard_error();
    if (auto file = log_to_file(path))
        return std::move(*file);
    else
        std::fprintf(stderr, "tendril: the log goes here: %s\n", file.error().message().c_str());
    return log_to_standard_error();
}

/// Messages of megabytes come and go: memory that is given back and asked for anew costs more than to copy
/// them. What is never used costs nothing.
void keep_freed_memory()
{
    constexpr int bytes = 8 * 1024 * 1024;
    ::mallopt(M_MMAP_THRESHOLD, bytes);
    ::mallopt(M_TRIM_THRESHOLD, 2 * bytes);
}

}  // namespace

std::optional<int> serve_if_context(int argc, char** argv, remote::fork_hooks hooks)
{
    auto const words = remote::arrive(argc, argv);
    keep_freed_memory();
    if (words.size() > 1 && words[1] == remote::context_word)
        return remote::serve_as_context();
    if (words.size() > 1 && words[1] == remote::seed_word)
        return remote::serve_as_seed(hooks);
    return std::nullopt;
}

namespace {

/// Where profiles go; empty for nowhere.
result<std::string> profile_folder(main_options const& options)
{
    auto const asked = setting("TENDRIL_PROFILE");
    auto folder = asked.empty() ? options.profile : std::string(asked);
    std::error_code why;
    if (!folder.empty())
        std::filesystem::create_directories(folder, why);
    if (why)
        return failure(error_code(why), "make the folder for profiles, " + folder);
    return folder;
}

remote::node_options node_options_of(main_options const& options, std::string const& profiles)
{
    auto const sink = options.log ? options.log : sink_of_environment();
    auto const traces = !setting("TENDRIL_LOG_IO").empty() && setting("TENDRIL_LOG_IO") != "0";
    remote::node_options made{.name = "master",
                              .routing = {.allowed = options.allowed,
                                          .message_limit = options.message_limit,
                                          .silence_limit = options.silence_limit,
                                          .log = sink,
                                          .trace_frames = traces ? sink : rpc::log_sink()},
                              .level = log_level_of(setting("TENDRIL_LOG_LEVEL")).value_or(options.level),
                              .measures = !profiles.empty()};
    if (!profiles.empty())
        made.on_profile = [profiles](remote::context_profile const& profile) {
            if (auto const written = remote::write_profile(profiles, profile); !written)
                std::fprintf(stderr, "tendril: %s\n", written.error().message().c_str());
        };
    return made;
}

}  // namespace

result<int> with_node(main_options options, std::function<int(remote::node& here)> const& program)
{
    auto const profiles = profile_folder(options);
    if (!profiles)
        return std::unexpected(profiles.error());
    auto how = node_options_of(options, *profiles);
    if (!options.images.empty()) {
        auto opened = remote::image_store::open(options.images);
        if (!opened)
            return std::unexpected(opened.error());
        how.images = std::make_shared<remote::image_store const>(std::move(*opened));
    }
    rpc::broker loop;
    asio::thread_pool work(1);
    how.work = [&work] { return work.get_executor(); };
    auto const on_profile = how.on_profile;
    remote::node here(loop.get_executor(), std::move(how));
    struct ending {
        rpc::broker& loop;
        remote::node& here;
        std::chrono::milliseconds grace;
        std::function<void(remote::context_profile const&)> const& on_profile;

        ~ending()
        {
            asio::co_spawn(loop.get_executor(), here.async_shutdown_all(grace), asio::use_future).wait();
            if (on_profile)
                on_profile(here.profile());
        }
    };
    ending const at_the_end{loop, here, options.grace, on_profile};
    return program(here);
}

int main(int argc, char** argv, std::function<int(remote::node& here)> const& program, main_options options)
{
    if (auto const served = serve_if_context(argc, argv, options.hooks))
        return *served;
    auto const status = with_node(std::move(options), program);
    if (!status)
        std::fprintf(stderr, "tendril: %s\n", status.error().message().c_str());
    return status.value_or(1);
}

}  // namespace tendril
