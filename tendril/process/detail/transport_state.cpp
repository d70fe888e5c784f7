#include <tendril/io/read_buffer.hpp>
#include <tendril/process/detail/transport_state.hpp>
#include <tendril/process/errc.hpp>

#include <algorithm>
#include <utility>

#include <boost/asio/error.hpp>

namespace tendril::process {

namespace {

constexpr int reads_in_a_row = 16;  // 1 MiB of a full pipe, then others have their turn

}  // namespace

/// Tells the user something, unless nobody listens any more.
template <typename Event>
void transport::state::deliver(Event event)
{
    if (!events_)
        return;
    try {
        event(*events_);
    } catch (...) {
        later([](state& self) { self.advance(); });
        throw;
    }
}

template <typename Step>
void transport::state::later(Step step)
{
    asio::post(on_, [self = shared_from_this(), step] {
        if (self->events_)
            step(*self);
    });
}

transport::state::state(io::executor on, connected_program what, transport& face, handler& events,
                        transport_options const& limits)
    : on_(std::move(on)), program_(std::move(what.program)), pid_(program_->pid()),
      name_(std::move(what.name)), face_(&face), events_(&events), limits_(limits), silence_(on_)
{
    for (auto& each : what.channels)
        lines_.push_back(std::make_unique<line>(std::move(each)));
}

void transport::state::start()
{
    for (auto const& each : lines_)
        if (each->to)
            open_outlet(*each);
    later([](state& self) { self.begin(); });
}

void transport::state::open_outlet(line& to)
{
    detail::outlet_marks const marks{limits_.limit_bytes, limits_.high_water_bytes, limits_.low_water_bytes};
    to.out.emplace(to.stream, marks, [weak = weak_from_this(), &to](error_code why) {
        auto const self = weak.lock();
        if (self && self->events_)
            self->shut(to, why);
    });
}

void transport::state::begin()
{
    program_->start_wait([self = shared_from_this()](error_code why, exit_status status) {
        if (self->events_)
            self->on_exit(why, status);
    });
    for (auto const& each : lines_)
        if (each->to && !each->from)
            watch_break(*each);
    begun_ = true;
    deliver([this](handler& events) { events.connected(*face_); });
    advance();
}

error_code transport::state::line::write(std::span<base::byte_view const> pieces)
{
    if (!typed)
        return out->push(pieces);
    auto attempt = typed;  // it counts what it lets through, which a refused write is not
    auto const text = attempt(pieces);
    auto const whole = base::bytes_of(text);
    auto const why = out->push(std::span(&whole, 1));
    if (!why)
        typed = std::move(attempt);
    return why;
}

/// A pipe that nobody reads any more is closed, though nobody writes.
void transport::state::watch_break(line& to)
{
    to.stream.async_wait(io::readiness::broken, [self = shared_from_this(), &to](error_code why) {
        if (self->events_ && to.stream.is_open())
            self->shut(to, why ? why : make_error_code(boost::system::errc::broken_pipe));
    });
}

/// Does what is due. Idempotent, so it may run after anything.
void transport::state::advance()
{
    if (!events_ || !begun_)
        return;
    for (auto const& each : lines_)
        if (each->from && each->stream.is_open() && !paused_ && !each->reading)
            wait_readable(*each);
    end_if_over();
}

void transport::state::wait_readable(line& from)
{
    from.reading = true;
    from.stream.async_wait(io::readiness::readable, [self = shared_from_this(), &from](error_code) {
        from.reading = false;  // an error is found again, and told apart, by the read
        self->read_on(from);
    });
}

void transport::state::read_on(line& from)
{
    io::read_buffer_lease buffer;
    for (int turn = 0; turn < reads_in_a_row; ++turn) {
        if (!events_ || paused_ || !from.stream.is_open())
            return;
        error_code why;
        auto const count = from.stream.try_read(buffer.bytes(), why);
        if (why == asio::error::would_block) {
            wait_readable(from);
            return;
        }
        if (why) {
            shut(from, why);
            return;
        }
        if (ending_)
            await_silence();
        deliver([&](handler& events) { events.data(*from.from, buffer.bytes().first(count)); });
    }
    if (!events_ || from.reading)
        return;
    from.reading = true;
    later([&from](state& self) {
        from.reading = false;
        self.read_on(from);
    });
}

/// Closes a stream and has it told.
void transport::state::shut(line& which, error_code why)
{
    if (!which.stream.is_open())
        return;
    which.why_closed = why;
    which.stream.close();
    if (which.out)
        which.out->abort();
    ++untold_closings_;
    later([&which](state& self) {
        --self.untold_closings_;
        if (which.to)
            self.deliver([&](handler& events) { events.closed(*which.to); });
        if (which.from && which.from != which.to)
            self.deliver([&](handler& events) { events.closed(*which.from); });
        if (self.losing_)
            self.lose_connection();
        self.advance();
    });
}

void transport::state::on_exit(error_code why, exit_status status)
{
    ladder_.reset();
    ending_ = ending{status, program_->usage(), std::chrono::steady_clock::now() - started_, why};
    await_silence();
    auto const told = *ending_;
    deliver([&](handler& events) { events.exited(told); });
    advance();
}

void transport::state::end_if_over()
{
    auto const is_open = [](auto const& each) { return each->stream.is_open(); };
    if (!ending_ || end_told_ || untold_closings_ > 0 || std::ranges::any_of(lines_, is_open))
        return;
    end_told_ = true;
    silence_.cancel();
    auto const told = *ending_;
    deliver([&](handler& events) { events.ended(told); });
}

void transport::state::await_silence()
{
    if (!limits_.drain_patience)
        return;
    silence_.expires_after(*limits_.drain_patience);
    silence_.async_wait([weak = weak_from_this()](error_code why) {
        auto const self = weak.lock();
        if (self && !why && self->events_ && !self->paused_)
            self->on_silence();
    });
}

/// Whatever came at the last moment is read first: the readiness may be queued behind the timer.
void transport::state::on_silence()
{
    for (auto const& each : lines_) {
        if (!each->from || !each->stream.is_open())
            continue;
        io::read_buffer_lease buffer;
        error_code why;
        auto const count = each->stream.try_read(buffer.bytes(), why);
        if (!why) {
            await_silence();
            deliver([&](handler& events) { events.data(*each->from, buffer.bytes().first(count)); });
            return;
        }
    }
    drop_connection(asio::error::timed_out);
}

void transport::state::abandon() noexcept
{
    events_ = nullptr;
    silence_.cancel();
    ladder_.reset();
    for (auto const& each : lines_) {
        each->out.reset();
        each->stream.close();
    }
    program_.reset();
}

std::string transport::state::description() const
{
    return "process " + std::to_string(pid_) + " \"" + name_ + '"';
}

transport::state::line* transport::state::find(int fd) noexcept
{
    auto const found = std::ranges::find_if(lines_, [fd](auto const& each) { return each->is(fd); });
    return found == lines_.end() ? nullptr : found->get();
}

transport::state::line* transport::state::writing(int fd) noexcept
{
    auto* const found = find(fd);
    return found && found->to == fd ? found : nullptr;
}

error_code transport::state::close(int fd)
{
    auto* const found = find(fd);
    if (!found)
        return errc::not_connected;
    if (found->from && found->to && found->from != found->to)
        return make_error_code(boost::system::errc::operation_not_supported);
    if (found->to)
        found->out->finish_when_empty();
    else
        shut(*found, {});
    return {};
}

void transport::state::lose_connection()
{
    losing_ = true;
    bool written = true;
    for (auto const& each : lines_) {
        if (!each->to || !each->stream.is_open())
            continue;
        written = false;
        each->out->finish_when_empty();
    }
    if (written)
        stop();
}

void transport::state::drop_connection(error_code why)
{
    for (auto const& each : lines_)
        shut(*each, why);
}

error_code transport::state::why_closed(int fd) const noexcept
{
    auto const found = std::ranges::find_if(lines_, [fd](auto const& each) { return each->is(fd); });
    return found == lines_.end() ? error_code{} : (*found)->why_closed;
}

void transport::state::pause()
{
    paused_ = true;
}

void transport::state::resume()
{
    if (!std::exchange(paused_, false))
        return;
    if (ending_)
        await_silence();
    later([](state& self) { self.advance(); });
}

void transport::state::stop()
{
    for (auto const& each : lines_)
        if (each->from)
            shut(*each, {});
}

result<void> transport::state::signal(int number, audience whom)
{
    return program_->signal(number, whom);
}

result<void> transport::state::terminate(stop_policy ladder)
{
    if (ladder.whom == audience::group)
        program_->sweep_group();
    ladder_.emplace(on_, std::move(ladder), [weak = weak_from_this()](int number, audience whom) {
        auto const self = weak.lock();
        return self && self->events_ ? self->signal(number, whom) : result<void>{};
    });
    return ladder_->start();
}

int transport::state::native_handle(int fd) noexcept
{
    auto* const found = find(fd);
    return found && found->stream.is_open() ? found->stream.native_handle() : -1;
}

}  // namespace tendril::process
