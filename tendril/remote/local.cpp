#include <tendril/process/child.hpp>
#include <tendril/remote/first_stage.hpp>
#include <tendril/remote/local.hpp>

#include <array>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::remote {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

/// A program on a socket, whose standard error is read on the side.
class local_carrier final : public carrier {
public:
    local_carrier(process::child program, io::stream socket, std::unique_ptr<diagnostics> said,
                  std::string target, std::string name)
        : program_(std::move(program)), socket_(std::move(socket)), said_(std::move(said)),
          target_(std::move(target)), name_(std::move(name))
    {
    }

    io::stream& stream() noexcept override { return socket_; }

    asio::awaitable<connect_error> failure() override
    {
        auto const [why, status] = co_await program_.async_wait(tuple);
        if (why == asio::error::operation_aborted)
            throw boost::system::system_error(why);
        co_return connect_error{.what = connect_failure::ended,
                                .target = target_,
                                .words = name_ + ' ' + status.description(),
                                .last_output = said_->last_lines()};
    }

    void also_tell(line_handler told) override { said_->also_tell(std::move(told)); }

    std::string description() const override { return target_; }

private:
    process::child program_;
    io::stream socket_;
    std::unique_ptr<diagnostics> said_;
    std::string target_;
    std::string name_;
};

/// Two descriptors that are connected.
struct both_ends {
    base::unique_fd ours;
    base::unique_fd theirs;
};

/// Makes the socket or the pipe of a program; nothing when the system has no more.
both_ends connected(int made, std::array<int, 2> const& raw)
{
    return made == 0 ? both_ends{base::unique_fd(raw[0]), base::unique_fd(raw[1])} : both_ends{};
}

std::expected<std::unique_ptr<carrier>, connect_error> start(io::executor on, process::command what,
                                                             std::string target, line_handler on_line)
{
    std::array<int, 2> raw{};
    auto socket = connected(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, raw.data()), raw);
    auto pipe = socket.ours ? connected(::pipe2(raw.data(), O_CLOEXEC), raw) : both_ends{};
    if (!pipe.ours)
        return std::unexpected(connect_error{.what = connect_failure::cannot_start,
                                             .target = std::move(target),
                                             .words = last_os_error().message(),
                                             .last_output = {}});
    // Its own group: an interrupt at our terminal is for us, and all of it can be killed.
    what.group = process::grouping::own_group;
    what.descriptors = {{0, socket.theirs.get()}, {1, socket.theirs.get()}, {2, pipe.theirs.get()}};
    auto program = process::launch(on, what);
    if (!program)
        return std::unexpected(connect_error{.what = connect_failure::cannot_start,
                                             .target = std::move(target),
                                             .words = program.error().message(),
                                             .last_output = {}});
    auto said = std::make_unique<diagnostics>(on, std::move(pipe.ours), std::move(on_line));
    return std::make_unique<local_carrier>(std::move(*program), io::stream(on, std::move(socket.ours)),
                                           std::move(said), std::move(target), std::move(what.program));
}

}  // namespace

way_in local(local_options how)
{
    return [how = std::move(how)](io::executor on, std::string const& shell_line) {
        auto what = process::command_of(how.shell);
        what.arguments.insert(what.arguments.end(), {"-c", shell_line});
        what.environment = how.environment;
        what.working_directory = how.working_directory;
        return start(std::move(on), std::move(what), "local:" + how.name, how.on_line);
    };
}

std::expected<std::unique_ptr<carrier>, connect_error> local_direct(io::executor on, direct_options how)
{
    if (!is_plain_word(how.name) || !is_plain_word(how.word))
        return std::unexpected(connect_error{.what = connect_failure::bad_option,
                                             .target = "local:" + how.name,
                                             .words = "a name and a word are letters, digits and ._-@:+=,/",
                                             .last_output = {}});
    process::command what;
    what.program = std::move(how.program);
    what.argv0 = "tendril:" + how.name;
    what.arguments = {std::move(how.word)};
    what.environment = std::move(how.environment);
    what.parent_death_signal = how.parent_death_signal;
    return start(std::move(on), std::move(what), "local:" + how.name, std::move(how.on_line));
}

}  // namespace tendril::remote
