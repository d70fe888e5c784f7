#include <tendril/remote/arrival.hpp>
#include <tendril/remote/main.hpp>
#include <tendril/remote/served_context.hpp>
#include <tendril/rpc/broker.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include <malloc.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

namespace tendril {

namespace {

constexpr std::array<std::string_view, 5> level_names = {"trace", "debug", "notice", "warning", "error"};

rpc::log_level level_of_environment(rpc::log_level otherwise)
{
    auto const* const asked = std::getenv("TENDRIL_LOG_LEVEL");
    for (std::size_t each = 0; asked != nullptr && each < level_names.size(); ++each)
        if (level_names[each] == asked)
            return static_cast<rpc::log_level>(each);
    return otherwise;
}

/// `web1 (3) warning router: ...`, a line a record.
rpc::log_sink sink_of_environment()
{
    struct closer {
        void operator()(std::FILE* file) const
        {
            if (file != stderr)
                std::fclose(file);
        }
    };
    auto const* const path = std::getenv("TENDRIL_LOG");
    std::shared_ptr<std::FILE> to(path == nullptr ? stderr : std::fopen(path, "ae"), closer{});
    if (!to) {
        std::fprintf(stderr, "tendril: cannot open %s for the log: %s\n", path,
                     last_os_error().message().c_str());
        to.reset(stderr, closer{});
    }
    return [to](rpc::log_record const& record) {
        auto const level = level_names[static_cast<std::size_t>(record.level)];
        std::fprintf(to.get(), "[context %u] %.*s %s: %s\n", record.context, static_cast<int>(level.size()),
                     level.data(), record.source.c_str(), record.text.c_str());
        std::fflush(to.get());
    };
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

int main(int argc, char** argv, std::function<int(remote::node& here)> const& program, main_options options)
{
    auto const words = remote::arrive(argc, argv);
    keep_freed_memory();
    if (words.size() > 1 && words[1] == remote::context_word)
        return remote::serve_as_context();
    if (words.size() > 1 && words[1] == remote::seed_word)
        return remote::serve_as_seed(options.hooks);

    std::shared_ptr<remote::image_store const> images;
    if (!options.images.empty()) {
        auto opened = remote::image_store::open(options.images);
        if (!opened) {
            std::fprintf(stderr, "tendril: %s\n", opened.error().message().c_str());
            return 1;
        }
        images = std::make_shared<remote::image_store const>(std::move(*opened));
    }
    rpc::broker loop;
    asio::thread_pool work(1);
    remote::node here(loop.get_executor(),
                      {.name = "master",
                       .routing = {.allowed = options.allowed,
                                   .message_limit = options.message_limit,
                                   .silence_limit = options.silence_limit,
                                   .log = options.log ? options.log : sink_of_environment()},
                       .level = level_of_environment(options.level),
                       .work = [&work] { return work.get_executor(); },
                       .images = std::move(images)});
    struct ending {
        rpc::broker& loop;
        remote::node& here;
        std::chrono::milliseconds grace;

        ~ending()
        {
            asio::co_spawn(loop.get_executor(), here.async_shutdown_all(grace), asio::use_future).wait();
        }
    };
    ending const at_the_end{loop, here, options.grace};
    return program(here);
}

}  // namespace tendril
