#include <tendril/process/detail/outlet.hpp>
#include <tendril/process/errc.hpp>

#include <optional>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace tendril::process::detail {

struct outlet::state : std::enable_shared_from_this<state> {
    state(io::stream& stream_to, outlet_marks limits, finished told)
        : on(stream_to.get_executor()), marks(limits), queue(stream_to, limits.limit_bytes),
          on_finished(std::move(told))
    {
    }

    /// Has settle() run from the executor, once however often it is asked for.
    void settle_later()
    {
        if (std::exchange(settling, true))
            return;
        asio::post(on, [weak = weak_from_this()] {
            if (auto const self = weak.lock()) {
                self->settling = false;
                self->settle();
            }
        });
    }

    /// Compares what is queued with the marks, and acts on it. Whatever it calls may change everything: one
    /// act a turn.
    void settle()
    {
        if (auto* const late = std::exchange(stopping, nullptr)) {
            settle_later();
            late->stop();
            return;
        }
        if (over)
            return;
        if (auto const why = queue.failure()) {
            finish(why);
            return;
        }
        auto const queued = queue.queued_bytes();
        if (source && way == production::push && !paused && queued > marks.high_water_bytes) {
            paused = true;
            settle_later();
            source->pause();
        } else if (source && wants_more(queued)) {
            paused = false;
            asked = true;
            settle_later();
            source->resume();
        } else if (queued > 0) {
            wait_for_room();
        } else if (finishing && !source) {
            finish({});
        }
    }

    [[nodiscard]] bool wants_more(std::size_t queued) const noexcept
    {
        return way == production::pull ? !asked && queued == 0 : paused && queued <= marks.low_water_bytes;
    }

    void wait_for_room()
    {
        auto const mark = source && way == production::push && paused ? marks.low_water_bytes : 0;
        if (waiting_for == mark)
            return;
        waiting_for = mark;
        queue.async_wait_below(mark, [weak = weak_from_this(), mark](error_code why) {
            auto const self = weak.lock();
            if (!self || (why == asio::error::operation_aborted && self->waiting_for != mark))
                return;
            self->waiting_for.reset();
            self->settle();
        });
    }

    void finish(error_code why)
    {
        if (over)
            return;
        abort();
        on_finished(why);
    }

    void abort()
    {
        over = true;
        stop(std::exchange(source, nullptr));
    }

    void stop(producer* whom)
    {
        if (!whom)
            return;
        stopping = whom;
        settle_later();
    }

    io::executor on;
    outlet_marks marks;
    io::write_queue queue;
    finished on_finished;
    producer* source = nullptr;
    producer* stopping = nullptr;  // forgotten, but not told yet
    std::optional<std::size_t> waiting_for;
    production way = production::push;
    bool paused = false;  // push: told to pause
    bool asked = false;   // pull: asked, and nothing written since
    bool settling = false;
    bool finishing = false;
    bool over = false;
};

outlet::outlet(io::stream& to, outlet_marks marks, finished on_finished)
    : state_(std::make_shared<state>(to, marks, std::move(on_finished)))
{
}

outlet::~outlet()
{
    state_->over = true;
    state_->stopping = nullptr;
}

error_code outlet::push(std::span<base::byte_view const> pieces)
{
    if (state_->over || (state_->finishing && !state_->source))
        return errc::not_connected;
    if (auto const why = state_->queue.push(pieces))
        return why;
    state_->asked = false;
    // A queue that is empty again needs no wait, but a pull producer its next turn, and a broken pipe a look.
    state_->settle_later();
    return {};
}

std::size_t outlet::queued_bytes() const noexcept
{
    return state_->queue.queued_bytes();
}

error_code outlet::attach(producer& source, production way)
{
    if (state_->source)
        return make_error_code(boost::system::errc::already_connected);
    if (state_->over || state_->finishing) {
        state_->stop(&source);
        return {};
    }
    state_->source = &source;
    state_->way = way;
    state_->paused = false;
    state_->asked = false;
    state_->settle_later();
    return {};
}

void outlet::detach()
{
    state_->source = nullptr;
    state_->stopping = nullptr;
    state_->settle_later();
}

void outlet::finish_when_empty()
{
    state_->finishing = true;
    state_->settle_later();
}

void outlet::abort()
{
    state_->abort();
}

}  // namespace tendril::process::detail
