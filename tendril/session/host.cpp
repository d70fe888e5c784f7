#include <tendril/session/detail/host_state.hpp>

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::session {

namespace {

using namespace std::chrono_literals;
using detail::as_tuple_awaitable;

constexpr auto farewell = 2s;      // for those who are still there when the first one knows of the end
constexpr auto breath = 100ms;     // when the system has no descriptor for one more client
constexpr std::size_t hurry = 64;  // connections taken in one turn of the loop

base::unique_fd duplicated(int fd)
{
    return base::unique_fd(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
}

std::uint64_t milliseconds_since_1970()
{
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                          std::chrono::system_clock::now().time_since_epoch())
                                          .count());
}

}  // namespace

host::state::state(session of, term::terminal const& terminal, claimed_name at, host_options how)
    : on(of.get_executor()), options(std::move(how)), name(std::move(at)),
      listener(on, duplicated(name.listener())), program(std::move(of)), shown(&terminal),
      started(milliseconds_since_1970()), serving(on), changed(on),
      room(on, asio::steady_timer::time_point::max())
{
    program.on_exit([this](process::exit_status status) { on_end(status); });
}

void host::state::on_end(process::exit_status how)
{
    ended = how;
    changed.cancel();
    room.cancel();
    for (auto* each : clients)
        each->wake.cancel();
}

asio::awaitable<void> host::state::run()
{
    serving.spawn(accept_all());
    auto end = asio::steady_timer::time_point::max();
    for (;;) {
        if (ended && end == asio::steady_timer::time_point::max())
            end = std::chrono::steady_clock::now() + options.linger;
        if (told)
            end = std::min(end, *told + farewell);
        if ((told && clients.empty()) || std::chrono::steady_clock::now() >= end)
            break;
        changed.expires_at(end);
        co_await changed.async_wait(as_tuple_awaitable);
    }
    serving.cancel();
    co_await serving.join();
}

asio::awaitable<void> host::state::accept_all()
{
    asio::steady_timer pause(on);
    for (;;) {
        auto const [why] = co_await listener.async_wait(io::readiness::readable, as_tuple_awaitable);
        if (why)
            co_return;
        for (std::size_t taken = 0; taken < hurry; ++taken) {
            base::unique_fd connection(
                ::accept4(listener.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (connection) {
                // A stranger cannot have come through the folder; should one, it hears nothing.
                if (peer_is_ours(connection.get()))
                    serving.spawn(serve(std::make_shared<client>(on, std::move(connection))));
                continue;
            }
            if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
                pause.expires_after(breath);
                co_await pause.async_wait(asio::use_awaitable);
            }
            break;
        }
    }
}

asio::awaitable<void> host::state::serve(std::shared_ptr<client> who)
{
    struct presence {
        presence(state& there, client* who)
            : at(&there), place(there.clients.insert(there.clients.end(), who))
        {
        }
        presence(presence const&) = delete;
        presence& operator=(presence const&) = delete;
        ~presence()
        {
            at->clients.erase(place);
            at->changed.cancel();
        }
        state* at;
        std::list<client*>::iterator place;
    } const present(*this, who.get());

    bool const welcomed = co_await greet(who.get());
    if (!welcomed)
        co_return;
    io::task_group speaking(on);
    speaking.spawn(speak(who.get()));
    error_code left;
    try {
        left = co_await listen(who.get());
    } catch (boost::system::system_error const& cancelled) {
        left = cancelled.code();
    }
    speaking.cancel();
    co_await speaking.join();
    // Who goes with something unread is told from who has read it all: the kernel resets the connection then.
    bool const knows = who->exit_sent && left == asio::error::eof;
    if (knows && who->hello.view != host_view::none && !told)
        told = std::chrono::steady_clock::now();
}

host::host(session of, term::terminal const& shown, claimed_name at, host_options how)
    : state_(std::make_unique<state>(std::move(of), shown, std::move(at), std::move(how)))
{
}

host::~host() = default;

asio::awaitable<void> host::run()
{
    return state_->run();
}

session& host::program() noexcept
{
    return state_->program;
}

}  // namespace tendril::session
