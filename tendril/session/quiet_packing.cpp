#include <tendril/session/quiet_packing.hpp>

#include <utility>

#include <boost/asio/steady_timer.hpp>

namespace tendril::session {

namespace {

constexpr std::size_t blocks_a_turn = 2;  // of 64 KiB

}  // namespace

struct quiet_packing::state : std::enable_shared_from_this<state> {
    state(io::executor on, term::terminal& terminal, packing_options how)
        : shown(&terminal), options(std::move(how)), silence(on)
    {
    }

    term::terminal* shown;
    packing_options options;
    asio::steady_timer silence;
    bool armed = false;
    bool spoke = false;  // since the timer was armed

    void on_update()
    {
        spoke = true;
        if (!armed)
            look_after(options.after);
    }

    void look_after(std::chrono::milliseconds pause)
    {
        armed = true;
        silence.expires_after(pause);
        silence.async_wait([weak = weak_from_this()](error_code why) {
            if (auto const self = weak.lock(); self && !why)
                self->look();
        });
    }

    /// An armed timer costs a flood nothing, so it is not set anew at each update.
    void look()
    {
        if (std::exchange(spoke, false))
            return look_after(options.after);
        if (shown->compress_history(blocks_a_turn, options.spared_lines))
            return look_after(std::chrono::milliseconds(0));
        armed = false;
        if (options.on_packed)
            options.on_packed();
    }
};

quiet_packing::quiet_packing(session& of, term::terminal& shown, packing_options how)
    : of_(&of), update_(), state_(std::make_shared<state>(of.get_executor(), shown, std::move(how)))
{
    update_ = of.on_update([state = state_.get()](base::byte_view) { state->on_update(); });
}

quiet_packing::~quiet_packing()
{
    of_->remove_callback(session_event::update, update_);
    state_->silence.cancel();
}

}  // namespace tendril::session
