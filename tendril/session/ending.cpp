#include <tendril/session/detail/session_state.hpp>

#include <chrono>
#include <csignal>

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::session {

process::stop_policy usual_stop()
{
    using namespace std::chrono_literals;
    // Shells save their history on HUP; what ignores it is told once more. Gate One kills after three
    // seconds.
    return {.steps = {{SIGHUP, 1s}, {SIGTERM, 2s}, {SIGKILL}}, .whom = process::audience::group};
}

void session::state::watch_program()
{
    program->async_wait([weak = weak_from_this()](error_code why, process::exit_status how) {
        auto const self = weak.lock();
        if (!self || self->gone || why == asio::error::operation_aborted)
            return;
        self->ended.emplace(why, how);
        self->ladder.reset();
        self->complete_wait();
        if (self->watching_output)  // what waits for background children goes on without waiting
            self->on_readable_soon();
        base::first_exception failed;
        self->report_end(failed);
        failed.rethrow();
    });
}

void session::state::complete_wait()
{
    if (waiter)
        asio::post(on, asio::append(detail::released(waiter), ended->first, ended->second));
}

void session::state::end_output(error_code why)
{
    lent.reset();
    if (output_ended)
        return;
    auto const self = shared_from_this();
    output_ended = true;
    input.give_up(make_error_code(boost::system::errc::not_connected));
    complete_read(why, {});
    base::first_exception failed;
    failed.guard([&] { release_flood(); });
    if (!gone)
        end_expectations(failed);
    if (!gone)
        report_end(failed);
    failed.rethrow();
}

/// Tells, once, that everything is over.
void session::state::report_end(base::first_exception& failed)
{
    if (end_reported || !output_ended || !ended)
        return;
    end_reported = true;
    mail->close();
    tell_logs(failed, [this](log& each) { each.ended(now(), ended->second); });
    exits.call(failed, ended->second);
}

result<void> session::state::terminate(process::stop_policy policy)
{
    if (ended)
        return failure(make_error_code(boost::system::errc::no_such_process), "end the program");
    if (reads == who_reads::nobody) {
        reads = who_reads::we;
        read();
    }
    if (ladder)
        return {};
    if (policy.whom == process::audience::group)
        program->sweep_group_at_end();
    ladder.emplace(on, std::move(policy), [weak = weak_from_this()](int number, process::audience whom) {
        auto const self = weak.lock();
        if (!self || self->gone)
            return result<void>{};
        return whom == process::audience::group ? self->program->signal_group(number)
                                                : self->program->signal(number);
    });
    return ladder->start();
}

void session::state::hang_up() noexcept
{
    if (!master.is_open())
        return;
    master.close();  // a pending wait ends, and on_readable() finds it closed
    mail->close();
    if (!gone)
        on_readable_soon();
}

/// The session object goes: everything pending ends, and nobody hears from us any more.
void session::state::abandon() noexcept
{
    gone = true;
    hang_up();
    mail->close();
    deadlines.cancel();
    hold.cancel();
    ladder.reset();
    expectations.unexpect_all();
    updates.clear();
    exits.clear();
    error_code const aborted = asio::error::operation_aborted;
    complete_read(aborted, {});
    complete_drain(aborted);
    complete_await(aborted);
    if (waiter)
        asio::post(on, asio::append(detail::released(waiter), aborted, process::exit_status{}));
    program.reset();
}

void session::start_wait(process::wait_handler handler)
{
    state_->waiter.swap(handler);
    if (state_->ended) {
        state_->complete_wait();
        return;
    }
    if (auto slot = asio::get_associated_cancellation_slot(state_->waiter); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock(); self && self->waiter)
                asio::post(self->on,
                           asio::append(detail::released(self->waiter),
                                        error_code(asio::error::operation_aborted), process::exit_status{}));
        });
}

void session::on_exit(callback_id id, exit_callback call)
{
    if (!state_->end_reported) {
        state_->exits.set(id, std::move(call));
        return;
    }
    asio::post(state_->on, [weak = std::weak_ptr(state_), call = std::move(call)] {
        if (auto const self = weak.lock(); self && !self->gone)
            call(self->ended->second);
    });
}

callback_id session::on_exit(exit_callback call)
{
    auto const id = state_->next_callback_id();
    on_exit(id, std::move(call));
    return id;
}

bool session::remove_callback(session_event event, callback_id id)
{
    return event == session_event::update ? state_->updates.remove(id) : state_->exits.remove(id);
}

bool session::remove_callbacks(callback_id id)
{
    bool const from_updates = state_->updates.remove(id);
    bool const from_exits = state_->exits.remove(id);
    return from_updates || from_exits;
}

result<void> session::terminate(process::stop_policy ladder)
{
    return state_->terminate(std::move(ladder));
}

result<void> session::signal_group(int number)
{
    return state_->program->signal_group(number);
}

void session::hang_up() noexcept
{
    state_->hang_up();
}

bool session::alive() const noexcept
{
    return !state_->ended;
}

}  // namespace tendril::session
