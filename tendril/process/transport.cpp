#include <tendril/process/detail/transport_state.hpp>
#include <tendril/process/errc.hpp>
#include <tendril/process/signal_name.hpp>
#include <tendril/process/transport.hpp>

#include <utility>

namespace tendril::process {

namespace {

/// A program that is our own child.
class child_program final : public running_program {
public:
    explicit child_program(child running) : child_(std::move(running)) {}

    pid_t pid() const noexcept override { return child_.pid(); }
    void start_wait(wait_handler handler) override { child_.async_wait(std::move(handler)); }

    result<void> signal(int number, audience whom) override
    {
        return whom == audience::group ? child_.signal_group(number) : child_.signal(number);
    }

    void sweep_group() override { child_.sweep_group_at_end(); }
    std::optional<resource_usage> usage() const noexcept override { return child_.usage(); }

private:
    child child_;
};

}  // namespace

transport::transport(io::executor on, connected_program what, handler& events,
                     transport_options const& limits)
    : state_(std::make_shared<state>(std::move(on), std::move(what), *this, events, limits))
{
    state_->start();
}

transport::~transport()
{
    state_->abandon();
}

pid_t transport::pid() const noexcept
{
    return state_->pid();
}

std::string transport::description() const
{
    return state_->description();
}

std::string transport::description(int fd) const
{
    return description() + " fd " + std::to_string(fd);
}

result<void> transport::write(int fd, base::byte_view bytes)
{
    return write_sequence(fd, std::span(&bytes, 1));
}

result<void> transport::write_sequence(int fd, std::span<base::byte_view const> pieces)
{
    auto* const to = state_->writing(fd);
    auto const why = to ? to->write(pieces) : make_error_code(errc::not_connected);
    if (why)
        return failure(why, "write to " + description(fd));
    return {};
}

std::size_t transport::queued_bytes(int fd) const noexcept
{
    auto* const to = state_->writing(fd);
    return to ? to->out->queued_bytes() : 0;
}

result<void> transport::close(int fd)
{
    if (auto const why = state_->close(fd))
        return failure(why, "close " + description(fd));
    return {};
}

void transport::lose_connection()
{
    state_->lose_connection();
}

void transport::drop_connection()
{
    state_->drop_connection({});
}

error_code transport::why_closed(int fd) const noexcept
{
    return state_->why_closed(fd);
}

void transport::pause()
{
    state_->pause();
}

void transport::resume()
{
    state_->resume();
}

void transport::stop()
{
    state_->stop();
}

result<void> transport::register_producer(int fd, producer& source, production way)
{
    auto* const to = state_->writing(fd);
    auto const why = to ? to->out->attach(source, way) : make_error_code(errc::not_connected);
    if (why)
        return failure(why, "register a producer for " + description(fd));
    return {};
}

void transport::unregister_producer(int fd)
{
    if (auto* const to = state_->writing(fd))
        to->out->detach();
}

result<void> transport::signal(int number, audience whom)
{
    return state_->signal(number, whom);
}

result<void> transport::signal(std::string_view name, audience whom)
{
    auto const number = signal_number(name);
    if (!number)
        return std::unexpected(number.error());
    return signal(*number, whom);
}

result<void> transport::terminate(stop_policy ladder)
{
    return state_->terminate(std::move(ladder));
}

std::optional<ending> transport::ended() const noexcept
{
    return state_->how_it_ended();
}

int transport::native_handle(int fd) noexcept
{
    return state_->native_handle(fd);
}

io::executor transport::get_executor() const
{
    return state_->get_executor();
}

std::expected<std::unique_ptr<transport>, spawn_error> spawn(io::executor on, handler& events, command what,
                                                             descriptor_map const& map,
                                                             transport_options const& limits)
{
    auto opened = open_pipes(map, what.program);
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    what.descriptors = std::move(opened->mappings);
    auto started = launch(on, what);
    if (!started)
        return std::unexpected(std::move(started.error()));

    connected_program connected{std::make_unique<child_program>(std::move(*started)), {}, what.program};
    for (auto& end : opened->ends) {
        channel made{io::stream(on, std::move(end.ours))};
        (end.what == connection::kind::read ? made.from : made.to) = end.fd;
        connected.channels.push_back(std::move(made));
    }
    return std::make_unique<transport>(std::move(on), std::move(connected), events, limits);
}

}  // namespace tendril::process
