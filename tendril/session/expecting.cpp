#include <tendril/session/detail/session_state.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::session {

void session::state::show_stream(base::byte_view chunk, base::first_exception& failed)
{
    if (failed.guard([&] { expectations.on_stream(chunk); }))
        return;
    // Every attempt consumes a match at least, so this ends.
    while (!gone && !failed.guard([&] { expectations.on_stream({}); })) {
    }
}

void session::state::look_at_time()
{
    auto const self = shared_from_this();
    base::first_exception failed;
    auto const now = std::chrono::steady_clock::now();
    while (!gone && !failed.guard([&] { expectations.on_time(now); })) {
    }
    if (!gone)
        after_expectations();
    failed.rethrow();
}

void session::state::after_expectations()
{
    if (awaiter && expectations.satisfied())
        complete_await({});
    auto const next = expectations.next_deadline();
    if (!next) {
        deadlines.cancel();
        deadline_watched = false;
        return;
    }
    if (deadlines.expiry() == *next && deadline_watched)
        return;
    deadlines.expires_at(*next);
    deadline_watched = true;
    deadlines.async_wait([weak = weak_from_this()](error_code why) {
        auto const self = weak.lock();
        if (!self || why || self->gone)
            return;
        self->deadline_watched = false;
        self->look_at_time();
    });
}

void session::state::complete_await(error_code why)
{
    patience.cancel();
    if (awaiter)
        asio::post(on, asio::append(detail::released(awaiter), why));
}

void session::state::end_expectations(base::first_exception& failed)
{
    bool unanswered = false;
    while (!gone && !failed.guard([&] { unanswered = expectations.on_end() || unanswered; })) {
    }
    if (gone)
        return;
    if (unanswered)
        complete_await(asio::error::eof);
    after_expectations();
}

result<expect::reference> session::expect(std::vector<expect::pattern> patterns,
                                          expect::queue::callback on_match, expect::options how)
{
    auto made = state_->expectations.expect(std::move(patterns), std::move(on_match), std::move(how));
    asio::post(state_->on, [weak = std::weak_ptr(state_)] {
        auto const self = weak.lock();
        if (!self || self->gone)
            return;
        base::first_exception failed;
        failed.guard([&] { self->show_screen(); });
        if (!self->gone && self->output_ended)
            self->end_expectations(failed);
        else if (!self->gone)
            failed.guard([&] { self->look_at_time(); });
        failed.rethrow();
    });
    return made;
}

bool session::unexpect(expect::reference which)
{
    bool const was_there = state_->expectations.unexpect(which);
    state_->after_expectations();
    return was_there;
}

void session::unexpect_all()
{
    state_->expectations.unexpect_all();
    state_->after_expectations();
}

void session::give_up_first()
{
    auto const keep = state_;
    keep->expectations.give_up_first();
    if (!keep->gone)
        keep->after_expectations();
}

void session::hold_unmatched()
{
    state_->expectations.hold_unmatched();
}

void session::trace_expectations_to(std::function<void(std::string_view)> sink)
{
    state_->expectations.trace_to(std::move(sink));
}

void session::start_await(std::chrono::steady_clock::duration within,
                          asio::any_completion_handler<void(error_code)> handler)
{
    state_->awaiter.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->awaiter); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete_await(asio::error::operation_aborted);
        });
    state_->patience.expires_after(within);
    state_->patience.async_wait([weak = std::weak_ptr(state_)](error_code why) {
        auto const self = weak.lock();
        if (self && !why)
            self->complete_await(asio::error::timed_out);
    });
    asio::post(state_->on, [weak = std::weak_ptr(state_)] {
        auto const self = weak.lock();
        if (self && !self->gone)
            self->after_expectations();
    });
}

}  // namespace tendril::session
