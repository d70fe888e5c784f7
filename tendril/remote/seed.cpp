#include <tendril/process/spawn.hpp>
#include <tendril/remote/detail/descriptor_passing.hpp>
#include <tendril/remote/first_stage.hpp>
#include <tendril/remote/seed.hpp>

#include <array>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::remote {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

connect_error cannot(std::string target, std::string words)
{
    return {.what = connect_failure::cannot_start,
            .target = std::move(target),
            .words = std::move(words),
            .last_output = {}};
}

/// A context that a seed forked: not our child, so it is known by its pidfd alone.
class forked_carrier final : public carrier {
public:
    forked_carrier(io::executor const& on, base::unique_fd process, base::unique_fd socket,
                   std::unique_ptr<diagnostics> said, std::string target)
        : process_(on, std::move(process)), socket_(on, std::move(socket)), said_(std::move(said)),
          target_(std::move(target))
    {
    }

    ~forked_carrier() override
    {
        // Of a process that is gone there is nothing to kill.
        static_cast<void>(::syscall(SYS_pidfd_send_signal, process_.native_handle(), SIGKILL, nullptr, 0));
    }

    io::stream& stream() noexcept override { return socket_; }

    asio::awaitable<connect_error> failure() override
    {
        auto const [why] = co_await process_.async_wait(io::readiness::readable, tuple);
        if (why)
            throw boost::system::system_error(why);
        co_return connect_error{.what = connect_failure::ended,
                                .target = target_,
                                .words = "the process has ended",
                                .last_output = said_->last_lines()};
    }

    void also_tell(line_handler told) override { said_->also_tell(std::move(told)); }

    std::string description() const override { return target_; }

private:
    io::stream process_;
    io::stream socket_;
    std::unique_ptr<diagnostics> said_;
    std::string target_;
};

}  // namespace

seed::seed(io::executor on, process::child program, base::unique_fd socket)
    : on_(std::move(on)), socket_(std::move(socket)), program_(std::move(program))
{
}

seed::~seed() = default;

std::expected<std::unique_ptr<seed>, connect_error> seed::start(io::executor on, std::string program)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) < 0)
        return std::unexpected(cannot("seed", last_os_error().message()));
    base::unique_fd ours(ends[0]);
    base::unique_fd const theirs(ends[1]);
    process::command what;
    what.program = std::move(program);
    what.argv0 = "tendril:seed";
    what.arguments = {std::string(seed_word)};
    what.environment = process::environment::inherit();
    what.group = process::grouping::own_group;
    what.parent_death_signal = SIGKILL;
    what.descriptors = {{0, theirs.get()}, {1, 2}, {2, 2}};
    auto started = process::spawn(what);
    if (!started)
        return std::unexpected(cannot("seed", started.error().message()));
    ::timeval const patience{.tv_sec = 2,
                             .tv_usec = 0};  // a fork takes 0.1 ms; a seed that is stopped is an error
    ::setsockopt(ours.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    process::child running(on, std::move(*started));
    return std::unique_ptr<seed>(new seed(std::move(on), std::move(running), std::move(ours)));
}

std::expected<std::unique_ptr<carrier>, connect_error> seed::fork(std::string const& name,
                                                                  line_handler on_line)
{
    auto target = "fork:" + name;
    if (!is_plain_word(name))
        return std::unexpected(connect_error{.what = connect_failure::bad_option,
                                             .target = std::move(target),
                                             .words = "a name is letters, digits and ._-@:+=,/",
                                             .last_output = {}});
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) < 0)
        return std::unexpected(cannot(target, last_os_error().message()));
    base::unique_fd ours(ends[0]);
    base::unique_fd theirs(ends[1]);
    if (::pipe2(ends.data(), O_CLOEXEC) < 0)
        return std::unexpected(cannot(target, last_os_error().message()));
    base::unique_fd said(ends[0]);
    base::unique_fd says(ends[1]);
    auto const sent = detail::send_parcel(socket_.get(), name, std::array{theirs.get(), says.get()});
    theirs.reset();
    says.reset();
    auto answer = sent ? detail::receive_parcel(socket_.get()) : std::unexpected(sent.error());
    if (!answer || answer->descriptors.size() != 1)
        return std::unexpected(cannot(target, !answer                 ? answer.error().message()
                                              : answer->words.empty() ? "the seed has ended"
                                                                      : answer->words));
    auto lines = std::make_unique<diagnostics>(on_, std::move(said), std::move(on_line));
    return std::make_unique<forked_carrier>(on_, std::move(answer->descriptors.front()), std::move(ours),
                                            std::move(lines), std::move(target));
}

}  // namespace tendril::remote
