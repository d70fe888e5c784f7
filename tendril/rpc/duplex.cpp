#include <tendril/rpc/duplex.hpp>

#include <array>
#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

namespace tendril::rpc {

namespace {

bool is_socket(int descriptor)
{
    struct ::stat what{};
    return ::fstat(descriptor, &what) == 0 && S_ISSOCK(what.st_mode);
}

/// A socket can be told not to raise SIGPIPE at no cost; for anything else io::stream has a dearer way.
std::size_t send_now(int to, std::span<base::byte_view const> pieces, error_code& why) noexcept
{
    constexpr std::size_t most_pieces = 64;
    std::array<::iovec, most_pieces> vectors;
    std::size_t used = 0;
    for (auto const& each : pieces.first(std::min(pieces.size(), most_pieces)))
        vectors[used++] = {const_cast<std::byte*>(each.data()), each.size()};  // sendmsg only reads
    ::msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = used;
    ssize_t count = 0;
    do
        count = ::sendmsg(to, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (count < 0 && errno == EINTR);
    why = count < 0 ? last_os_error() : error_code{};
    return count < 0 ? 0 : static_cast<std::size_t>(count);
}

class stream_duplex final : public duplex {
public:
    stream_duplex(io::stream& in, io::stream& out, std::shared_ptr<void> owner,
                  std::function<std::string()> why = {})
        : in_(&in), out_(&out), owner_(std::move(owner)), why_(std::move(why)),
          writes_to_socket_(is_socket(out.native_handle()))
    {
    }

    void start_wait(io::readiness what, io::ready_handler handler) override
    {
        auto& waiting = what == io::readiness::readable ? *in_ : *out_;
        waiting.async_wait(what, std::move(handler));
    }

    [[nodiscard]] std::size_t try_read(std::span<std::byte> into, error_code& why) noexcept override
    {
        return in_->try_read(into, why);
    }

    [[nodiscard]] std::size_t try_write(std::span<base::byte_view const> pieces,
                                        error_code& why) noexcept override
    {
        return writes_to_socket_ ? send_now(out_->native_handle(), pieces, why)
                                 : out_->try_write(pieces, why);
    }

    [[nodiscard]] std::string why_it_ended() override { return why_ ? why_() : std::string(); }

    void close() noexcept override
    {
        in_->close();
        out_->close();
    }

private:
    io::stream* in_;
    io::stream* out_;
    std::shared_ptr<void> owner_;
    std::function<std::string()> why_;
    bool writes_to_socket_;
};

}  // namespace

std::unique_ptr<duplex> make_duplex(io::stream both)
{
    auto const kept = std::make_shared<io::stream>(std::move(both));
    return make_duplex(*kept, kept);
}

std::unique_ptr<duplex> make_duplex(io::stream& both, std::shared_ptr<void> owner,
                                    std::function<std::string()> why)
{
    return std::make_unique<stream_duplex>(both, both, std::move(owner), std::move(why));
}

std::unique_ptr<duplex> make_duplex(io::stream in, io::stream out)
{
    auto const kept = std::make_shared<std::pair<io::stream, io::stream>>(std::move(in), std::move(out));
    return std::make_unique<stream_duplex>(kept->first, kept->second, kept);
}

result<std::pair<std::unique_ptr<duplex>, std::unique_ptr<duplex>>> make_duplex_pair(io::executor first,
                                                                                     io::executor second)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0)
        return os_failure("connect two contexts");
    base::unique_fd one(ends[0]);
    base::unique_fd other(ends[1]);
    auto left = make_duplex(io::stream(std::move(first), std::move(one)));
    auto right = make_duplex(io::stream(std::move(second), std::move(other)));
    return std::pair(std::move(left), std::move(right));
}

}  // namespace tendril::rpc
