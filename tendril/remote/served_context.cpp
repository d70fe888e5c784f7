#include <tendril/remote/node.hpp>
#include <tendril/remote/served_context.hpp>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::remote {

namespace {

constexpr auto patience = std::chrono::seconds(30);  // for the first message
constexpr auto grace = std::chrono::seconds(3);      // for functions and contexts below, at the end

[[nodiscard]] int give_up(std::string const& why)
{
    std::fprintf(stderr, "tendril: this process cannot be a context: %s\n", why.c_str());
    return 1;
}

/// Reads exactly as much, before there is a loop.
result<void> read_all(int from, std::span<std::byte> into)
{
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (!into.empty()) {
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        ::pollfd waiting{from, POLLIN, 0};
        auto const ready = left.count() <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left.count()));
        if (ready == 0)
            return failure(make_error_code(boost::system::errc::timed_out), "read the first message");
        auto const count = ready < 0 ? -1 : ::read(from, into.data(), into.size());
        if (count == 0)
            return failure(make_error_code(boost::system::errc::connection_reset), "read the first message");
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return os_failure("read the first message");
        if (count > 0)
            into = into.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

/// The first message and where its answer goes.
struct first_message {
    welcome words;
    wire::handle answer = 0;
};

result<first_message> read_first(int from)
{
    wire::encoded_header head;
    if (auto read = read_all(from, head); !read)
        return std::unexpected(read.error());
    auto const header = wire::decode(head);
    if (!header || header->handle != rpc::well_known::welcome || header->size != header->total)
        return failure(header ? make_error_code(boost::system::errc::protocol_error) : header.error(),
                       "read the first message");
    wire::byte_buffer data(header->size);
    if (auto read = read_all(from, data); !read)
        return std::unexpected(read.error());
    auto words = wire::unpack<welcome>(data);
    if (!words)
        return std::unexpected(words.error());
    return first_message{std::move(*words), header->reply_to};
}

/// Takes the stream away from where children and careless code would use it.
result<std::unique_ptr<rpc::duplex>> take_stream(io::executor const& on)
{
    base::unique_fd in(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
    base::unique_fd out(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
    base::unique_fd const nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    if (!in || !out || !nothing || ::dup2(nothing.get(), STDIN_FILENO) < 0 ||
        ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return os_failure("take over standard input and output");
    struct ::stat one{};
    struct ::stat other{};
    ::fstat(in.get(), &one);
    ::fstat(out.get(), &other);
    if (one.st_dev == other.st_dev && one.st_ino == other.st_ino && S_ISSOCK(one.st_mode))
        return rpc::make_duplex(io::stream(on, std::move(in)));
    return rpc::make_duplex(io::stream(on, std::move(in)), io::stream(on, std::move(out)));
}

introduction who_i_am()
{
    introduction me{.version = "1", .process = ::getpid(), .user = ::getuid()};
    ::utsname system{};
    if (::uname(&system) == 0) {
        me.host = static_cast<char const*>(system.nodename);
        me.machine = static_cast<char const*>(system.machine);
    }
    return me;
}

/// The process, once it knows who it is.
class served_context {
public:
    explicit served_context(first_message first) : first_(std::move(first)) {}

    int run();

private:
    [[nodiscard]] node_options options();
    [[nodiscard]] io::executor work();
    void log(rpc::log_record const& record);
    void begin_end();
    [[nodiscard]] asio::awaitable<void> end_others();
    [[nodiscard]] asio::awaitable<void> tell_profile();

    first_message first_;
    asio::io_context loop_;
    asio::io_context turns_;  // functions that may block, on the main thread
    asio::executor_work_guard<asio::io_context::executor_type> loop_guard_{loop_.get_executor()};
    asio::executor_work_guard<asio::io_context::executor_type> turns_guard_{turns_.get_executor()};
    std::optional<asio::thread_pool> pool_;
    std::optional<node> here_;
    std::atomic<bool> wants_thread_ = false;
    std::atomic<bool> is_over_ = false;
    bool is_ending_ = false;
    asio::steady_timer patience_{loop_};
};

node_options served_context::options()
{
    auto const& words = first_.words;
    return {.self = {words.id, words.ancestors},
            .name = words.name,
            .routing = {.allowed = words.allowed,
                        .message_limit = words.message_limit,
                        .silence_limit = words.silence_limit,
                        .log = [this](rpc::log_record const& record) { log(record); }},
            .level = words.level,
            .work = [this] { return work(); },
            .measures = words.measures};
}

/// Where the next function that may block runs. The first one takes the main thread away from the loop.
io::executor served_context::work()
{
    if (first_.words.call_threads > 1) {
        if (!pool_)
            pool_.emplace(first_.words.call_threads);
        return pool_->get_executor();
    }
    wants_thread_ = true;
    return turns_.get_executor();
}

/// Records go to the master, those that it wants.
void served_context::log(rpc::log_record const& record)
{
    constexpr std::size_t most_waiting = 1024UL * 1024;
    if (!here_)
        return;
    auto const parent = first_.words.ancestors.front();
    auto& via = here_->router();
    auto const up = via.counters(parent);
    if (!up || up->queued_bytes > most_waiting)
        return;  // a log must never be what fills the way home
    via.send(
        {.dst = first_.words.ancestors.back(), .handle = rpc::well_known::log, .data = wire::pack(record)});
}

/// Ends what is below, then functions, then the loop. A function that does not stop ends with the process.
void served_context::begin_end()
{
    if (std::exchange(is_ending_, true))
        return;
    here_->stop_calls();
    asio::co_spawn(loop_, end_others(), [this](std::exception_ptr const& /*none*/) {
        is_over_ = true;
        turns_.stop();
        if (!wants_thread_ && !pool_)
            return loop_.stop();
        patience_.expires_after(grace);
        patience_.async_wait([](error_code why) {
            if (!why)
                ::_exit(1);
        });
    });
}

asio::awaitable<void> served_context::end_others()
{
    co_await here_->async_shutdown_all(grace);
    if (first_.words.measures)
        co_await tell_profile();
}

/// What was measured goes to the master; the process stays until it is on its way, if that takes no time.
asio::awaitable<void> served_context::tell_profile()
{
    constexpr auto most = std::chrono::seconds(1);
    constexpr auto look = std::chrono::milliseconds(1);
    auto const parent = first_.words.ancestors.front();
    auto& via = here_->router();
    via.send({.dst = first_.words.ancestors.back(),
              .handle = rpc::well_known::profile,
              .data = wire::pack(here_->profile())});
    asio::steady_timer timer(loop_);
    auto const latest = std::chrono::steady_clock::now() + most;
    while (std::chrono::steady_clock::now() < latest) {
        auto const up = via.counters(parent);
        if (!up || up->queued_bytes == 0)
            break;
        timer.expires_after(look);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

int served_context::run()
{
    auto stream = take_stream(loop_.get_executor());
    if (!stream)
        return give_up(stream.error().message());
    auto const parent = first_.words.ancestors.front();
    asio::post(loop_, [&] {
        here_.emplace(loop_.get_executor(), options());
        auto& via = here_->router();
        static_cast<void>(
            via.add_handler([this](wire::message const&) { begin_end(); }, {}, rpc::well_known::shut_down));
        static_cast<void>(via.on_loss([this, parent](rpc::context_id lost, std::string_view why) {
            if (lost != parent)
                return;
            if (!why.ends_with("its stream ended"))  // the usual end; all else is worth a word
                std::fprintf(stderr, "tendril: %.*s\n", static_cast<int>(why.size()), why.data());
            begin_end();
        }));
        static_cast<void>(via.add_link(std::move(*stream), parent, rpc::relation::above));
        via.send({.dst = parent, .handle = first_.answer, .data = wire::pack(who_i_am())});
    });
    while (!wants_thread_ && !is_over_)
        loop_.run_one();
    // Whoever waits for functions leaves the loop to a thread: its timer is what ends those that do not stop.
    std::thread reactor;
    if (!is_over_ || pool_)
        reactor = std::thread([this] { loop_.run(); });
    turns_.run();
    if (pool_)
        pool_->join();
    loop_.stop();
    if (reactor.joinable())
        reactor.join();
    here_.reset();
    return 0;
}

}  // namespace

int serve_as_context()
{
    auto first = read_first(STDIN_FILENO);
    if (!first)
        return give_up(first.error().message());
    if (first->words.ancestors.empty())
        return give_up("the first message names nobody above");
    // On the heap: nothing of it is destroyed when a function does not come back and the process ends without
    // it.
    return std::make_unique<served_context>(std::move(*first))->run();
}

}  // namespace tendril::remote
