#include <tendril/session/frame_pump.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::session {

struct frame_pump::state : std::enable_shared_from_this<state> {
    state(session& of, term::terminal const& terminal, viewer_options how)
        : from(&of), on(of.get_executor()), shown(&terminal), options(how), clock(on)
    {
    }

    session* from;  // null once the pump is gone
    io::executor on;
    term::terminal const* shown;
    viewer_options options;
    term::frame viewer;
    frame_handler asker;
    asio::steady_timer clock;
    std::chrono::steady_clock::time_point last{};
    std::uint64_t updates = 1;  // since the last frame; what is there already is the first
    bool clock_is_set = false;
    bool ended = false;
    callback_id on_update{};
    callback_id on_exit{};

    void watch();
    void give();
    void complete(error_code why, viewer_frame frame);
};

void frame_pump::state::watch()
{
    auto const weak = weak_from_this();
    on_update = from->on_update([weak](base::byte_view) {
        if (auto const self = weak.lock()) {
            ++self->updates;
            self->give();
        }
    });
    on_exit = from->on_exit([weak](process::exit_status) {
        if (auto const self = weak.lock()) {
            self->ended = true;
            self->give();
        }
    });
}

/// Completes what waits, if there is something to show and the time has come.
void frame_pump::state::give()
{
    if (!asker || !from || clock_is_set)
        return;
    auto const now = std::chrono::steady_clock::now();
    if (updates > 0 && !ended && now < last + options.pace) {
        clock_is_set = true;
        clock.expires_at(last + options.pace);
        clock.async_wait([weak = weak_from_this()](error_code) {
            if (auto const self = weak.lock()) {
                self->clock_is_set = false;
                self->give();
            }
        });
        return;
    }
    if (updates > 0) {
        auto bytes = term::difference(viewer, *shown, options.can);
        auto const covered = std::exchange(updates, 0);
        if (!bytes.empty()) {
            last = now;
            complete({}, {std::move(bytes), shown->size(), covered - 1, from->limits_flood()});
            return;
        }
    }
    if (ended)
        complete(asio::error::eof, {});
}

void frame_pump::state::complete(error_code why, viewer_frame frame)
{
    if (asker)
        asio::post(on, asio::append(std::exchange(asker, nullptr), why, std::move(frame)));
}

frame_pump::frame_pump(session& of, term::terminal const& shown, viewer_options how)
    : state_(std::make_shared<state>(of, shown, how))
{
    state_->watch();
}

frame_pump::frame_pump(frame_pump&&) noexcept = default;

frame_pump& frame_pump::operator=(frame_pump&& other) noexcept
{
    frame_pump going(std::move(*this));
    state_ = std::move(other.state_);
    return *this;
}

frame_pump::~frame_pump()
{
    if (!state_)
        return;
    state_->from->remove_callbacks(state_->on_update);
    state_->from->remove_callbacks(state_->on_exit);
    state_->from = nullptr;
    state_->clock.cancel();
    state_->complete(asio::error::operation_aborted, {});
}

void frame_pump::start_next(frame_handler handler)
{
    state_->complete(asio::error::operation_aborted, {});
    state_->asker.swap(handler);
    if (auto slot = asio::get_associated_cancellation_slot(state_->asker); slot.is_connected())
        slot.assign([weak = std::weak_ptr(state_)](asio::cancellation_type) {
            if (auto const self = weak.lock())
                self->complete(asio::error::operation_aborted, {});
        });
    state_->give();
}

void frame_pump::forget()
{
    state_->viewer.forget();
    ++state_->updates;
    state_->give();
}

}  // namespace tendril::session
