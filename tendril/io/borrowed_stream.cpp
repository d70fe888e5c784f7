#include <tendril/io/borrowed_stream.hpp>

#include <cerrno>
#include <optional>
#include <string>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/post.hpp>

namespace tendril::io {

struct borrowed_stream::state {
    executor on;
    int borrowed;
    std::optional<stream> pollable;       // absent: a regular file or another descriptor that is always ready
    std::optional<int> flags_to_restore;  // present: a description that we had to make non-blocking

    ~state()
    {
        pollable.reset();
        if (flags_to_restore)
            ::fcntl(borrowed, F_SETFL, *flags_to_restore);
    }
};

namespace {

bool is_pollable(int fd)
{
    base::unique_fd const probe(::epoll_create1(EPOLL_CLOEXEC));
    epoll_event event{};
    event.events = EPOLLIN;
    return ::epoll_ctl(probe.get(), EPOLL_CTL_ADD, fd, &event) == 0 || errno != EPERM;
}

base::unique_fd open_anew(int fd, direction way)
{
    auto const path = "/proc/self/fd/" + std::to_string(fd);
    int const access = way == direction::read ? O_RDONLY : O_WRONLY;
    return base::unique_fd(::open(path.c_str(), access | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
}

template <typename SystemCall>
void transfer_now(executor const& on, transfer_handler handler, SystemCall call)
{
    ssize_t count = 0;
    do
        count = call();
    while (count < 0 && errno == EINTR);

    auto const why = count < 0 ? last_os_error() : error_code{};
    asio::post(on, [why, count, done = std::move(handler)]() mutable {
        std::move(done)(why, count < 0 ? 0 : static_cast<std::size_t>(count));
    });
}

}  // namespace

borrowed_stream::borrowed_stream(std::unique_ptr<state> opened) noexcept : state_(std::move(opened)) {}
borrowed_stream::borrowed_stream(borrowed_stream&&) noexcept = default;
borrowed_stream& borrowed_stream::operator=(borrowed_stream&&) noexcept = default;
borrowed_stream::~borrowed_stream() = default;

result<borrowed_stream> borrowed_stream::open(executor on, int fd, direction way)
{
    int const flags = ::fcntl(fd, F_GETFL);
    if (flags < 0)
        return os_failure("use descriptor " + std::to_string(fd));

    auto opened = std::make_unique<state>(on, fd, std::nullopt, std::nullopt);
    if (is_pollable(fd)) {
        auto own = open_anew(fd, way);
        if (!own) {
            own.reset(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
            if (!own)
                return os_failure("duplicate descriptor " + std::to_string(fd));
            opened->flags_to_restore = flags;
        }
        opened->pollable.emplace(std::move(on), std::move(own));
    }
    return borrowed_stream(std::move(opened));
}

void borrowed_stream::start_read(std::span<std::byte> into, transfer_handler handler)
{
    if (state_->pollable) {
        state_->pollable->async_read_some(into, std::move(handler));
        return;
    }
    auto at_end = [done = std::move(handler)](error_code why, std::size_t count) mutable {
        std::move(done)(!why && count == 0 ? error_code(asio::error::eof) : why, count);
    };
    transfer_now(state_->on, std::move(at_end),
                 [&] { return ::read(state_->borrowed, into.data(), into.size()); });
}

void borrowed_stream::start_write(base::byte_view bytes, transfer_handler handler)
{
    if (state_->pollable)
        state_->pollable->async_write_some(bytes, std::move(handler));
    else
        transfer_now(state_->on, std::move(handler),
                     [&] { return ::write(state_->borrowed, bytes.data(), bytes.size()); });
}

stream* borrowed_stream::pollable() noexcept
{
    return state_->pollable ? &*state_->pollable : nullptr;
}

void borrowed_stream::cancel() noexcept
{
    if (state_->pollable)
        state_->pollable->cancel();
}

executor borrowed_stream::get_executor()
{
    return state_->on;
}

}  // namespace tendril::io
