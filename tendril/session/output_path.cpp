#include <tendril/session/detail/session_state.hpp>

#include <string>
#include <vector>

namespace tendril::session {

namespace {

std::string joined(std::vector<std::string> const& lines)
{
    std::string text;
    for (auto const& line : lines) {
        text += line;
        text += '\n';
    }
    return text;
}

}  // namespace

/// The whole way of one chunk. Any callback may have destroyed the session.
void session::state::take(base::byte_view chunk)
{
    auto const self = shared_from_this();
    base::first_exception failed;
    taking = true;
    show_stream(chunk, failed);
    if (!gone)
        failed.guard([&] {
            if (holds_back(chunk))
                return;
            show_emulator(chunk);
            show_screen();
        });
    tell_logs(failed, [&](log& each) { each.output(now(), chunk); });
    if (!gone)
        updates.call(failed, chunk);
    taking = false;
    if (!gone) {
        complete_read({}, chunk);
        after_expectations();
        if (reads == who_reads::we)
            read();
    }
    failed.rethrow();
}

/// True when the limiter keeps @p chunk from the screen.
bool session::state::holds_back(base::byte_view chunk)
{
    if (!floods)
        return false;
    bool const held_before = floods->engaged();
    if (floods->passes(chunk, std::chrono::steady_clock::now()))
        return false;
    if (!held_before) {
        hold.expires_at(floods->until());
        hold.async_wait([weak = weak_from_this()](error_code why) {
            if (auto const self = weak.lock(); self && !self->gone && !why)
                self->release_flood();
        });
    }
    return true;
}

/// Lets the screen catch up with what was held back.
void session::state::release_flood()
{
    if (!floods || !floods->engaged())
        return;
    auto const self = shared_from_this();
    hold.cancel();
    auto const tail = floods->release();
    show_emulator(base::bytes_of(tail));
    base::first_exception failed;
    failed.guard([&] { show_screen(); });
    if (!gone)
        failed.guard([&] { announce_update(); });
    failed.rethrow();
}

void session::state::show_emulator(base::byte_view chunk)
{
    emulator->write(chunk);
    auto const answer = emulator->take_replies();
    if (replies == replies_from::emulator && !answer.empty()) {
        // A program that asks and does not read for 1 MiB gets no more answers, as with a real terminal.
        [[maybe_unused]] auto const dropped = type(base::bytes_of(answer));
    }
}

void session::state::show_screen()
{
    if (!expectations.watches_screen())
        return;
    auto const text = joined(emulator->dump());
    expectations.on_screen(
        {text, emulator->top_line(),
         emulator->shows_alternate_screen() ? expect::screen_kind::alternate : expect::screen_kind::primary});
}

/// The screen has changed without output.
void session::state::announce_update()
{
    auto const self = shared_from_this();
    base::first_exception failed;
    updates.call(failed, {});
    failed.rethrow();
}

void session::on_update(callback_id id, update_callback call)
{
    state_->updates.set(id, std::move(call));
}

callback_id session::on_update(update_callback call)
{
    auto const id = state_->next_callback_id();
    on_update(id, std::move(call));
    return id;
}

void session::limit_floods(flood_limits limits)
{
    auto const keep = state_;
    keep->release_flood();
    keep->floods.emplace(limits);
}

bool session::limits_flood() const noexcept
{
    return state_->floods && state_->floods->engaged();
}

void session::log_to(std::shared_ptr<log> to)
{
    state_->logs.push_back(std::move(to));
}

void session::remove_log(log const& which)
{
    // Its place stays: the logs may be just being told.
    for (auto& each : state_->logs)
        if (each.get() == &which)
            each.reset();
}

result<void> session::resize(pty::window_size size, redraw screen)
{
    auto const keep = state_;
    auto const to = clamped(size, keep->limits, keep->cell);
    keep->emulator->resize({to.columns, to.rows});
    base::first_exception failed;
    keep->tell_logs(failed, [&](log& each) { each.resized(keep->now(), to); });
    auto changed = keep->master.resize(to);
    if (changed && screen == redraw::asked) {
        // A program whose input is full sees the signal all the same.
        [[maybe_unused]] auto const dropped = keep->press(base::bytes_of("\f"));
    }
    keep->updates.call(failed, {});
    failed.rethrow();
    return changed;
}

}  // namespace tendril::session
