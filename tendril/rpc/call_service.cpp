#include <tendril/rpc/call_service.hpp>
#include <tendril/rpc/detail/served_call.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

namespace tendril::rpc {

using detail::served_call;

namespace {

constexpr std::size_t most_early = 64;

}  // namespace

struct call_service::state : std::enable_shared_from_this<state> {
    state(router& via, work_source work, call_limits limits)
        : router_(&via), work_(std::move(work)), limits_(limits)
    {
    }

    void begin();
    void end();

    call_counters counters_;
    std::function<void(call_times const&)> measured_;
    std::unordered_map<std::uint64_t, std::shared_ptr<served_call>> calls_;

private:
    using call_pointer = std::shared_ptr<served_call>;

    /// What is to run in order, and why it does not any more.
    struct chain {
        bool is_busy = false;
        bool is_forgotten = false;
        std::deque<call_pointer> waiting;
        std::optional<call_error> failed;
    };
    using chain_key = std::pair<context_id, detail::chain_number>;

    void on_call(wire::message what);
    void on_cancel(wire::message const& what);
    void on_lost(context_id who);
    void enter_chain(call_pointer const& call);
    void leave_chain(served_call const& call, call_error const* failed);
    void start(call_pointer const& call);
    void run_here(detail::call_request request);
    void finish(served_call const& call, served_call::outcome result);
    void conclude(served_call const& call, served_call::outcome result);
    void answer(served_call const& call, wire::byte_buffer data);
    [[nodiscard]] std::optional<call_error> refusal() const;

    router* router_;  // null once the service is gone
    work_source work_;
    call_limits limits_;
    std::uint64_t next_ = 1;
    std::uint64_t loss_registration_ = 0;
    std::size_t waiting_bytes_ = 0;
    std::map<chain_key, chain> chains_;
    std::deque<std::pair<context_id, wire::handle>> early_;  // cancellations that found no call
};

call_service::call_service(router& via, io::executor work, call_limits limits)
    : call_service(via, [on = std::move(work)] { return on; }, limits)
{
}

call_service::call_service(router& via, work_source work, call_limits limits)
    : state_(std::make_shared<state>(via, std::move(work), limits))
{
    state_->begin();
}

call_service::~call_service()
{
    state_->end();
}

call_counters const& call_service::counters() const noexcept
{
    return state_->counters_;
}

void call_service::measure(std::function<void(call_times const&)> told)
{
    state_->measured_ = std::move(told);
}

std::size_t call_service::pending() const noexcept
{
    return state_->calls_.size();
}

void call_service::state::begin()
{
    auto const bound = [this](void (state::*method)(wire::message)) {
        return [weak = weak_from_this(), method](wire::message what) {
            if (auto const self = weak.lock(); self && !what.is_dead)
                ((*self).*method)(std::move(what));
        };
    };
    for (auto const at : {well_known::call, well_known::chained})
        static_cast<void>(router_->add_handler(bound(&state::on_call), {}, at));
    static_cast<void>(router_->add_handler(
        [weak = weak_from_this()](wire::message const& what) {
            if (auto const self = weak.lock(); self && !what.is_dead)
                self->on_cancel(what);
        },
        {}, well_known::cancel));
    loss_registration_ =
        router_->on_loss([weak = weak_from_this()](context_id who, std::string_view /*why*/) {
            if (auto const self = weak.lock())
                self->on_lost(who);
        });
}

void call_service::state::end()
{
    router_->remove_handler(well_known::call);
    router_->remove_handler(well_known::chained);
    router_->remove_handler(well_known::cancel);
    router_->forget_loss(loss_registration_);
    router_ = nullptr;
    for (auto const& [number, each] : calls_)
        each->stop();
    calls_.clear();
    chains_.clear();
}

std::optional<call_error> call_service::state::refusal() const
{
    if (calls_.size() >= limits_.calls || waiting_bytes_ > limits_.waiting_bytes)
        return call_error{.what = call_failure::refused,
                          .text = "context " + std::to_string(router_->self().id) + " has " +
                                  std::to_string(calls_.size()) + " calls of " +
                                  std::to_string(waiting_bytes_) + " bytes waiting, and takes no more"};
    return std::nullopt;
}

void call_service::state::on_call(wire::message what)
{
    detail::call_request request;
    if (auto why = refusal()) {
        ++counters_.refused;
        request = {.asked = std::move(what), .failed = std::move(why)};
    } else {
        request = detail::read_request(*router_, std::move(what));
    }
    counters_.most_waiting = std::max(counters_.most_waiting, calls_.size() + 1);
    bool const is_cancelled =
        !early_.empty() && std::erase(early_, std::pair(request.asked.src, request.asked.reply_to)) > 0;
    if (request.ends_at_once() && !is_cancelled)
        return run_here(std::move(request));
    auto const number = next_++;
    auto const call = std::make_shared<served_call>(*router_, number, std::move(request), std::stop_source());
    if (measured_)
        call->note_arrival();
    waiting_bytes_ += call->bytes();
    calls_.emplace(number, call);
    if (is_cancelled)
        call->stop();
    if (call->chain() == 0)
        start(call);
    else
        enter_chain(call);
}

/// A call that nothing can come between needs no books.
void call_service::state::run_here(detail::call_request request)
{
    served_call call(*router_, next_++, std::move(request), std::stop_source(std::nostopstate));
    if (measured_)
        call.note_arrival();
    auto result = call.run();
    if (router_ != nullptr)
        conclude(call, std::move(result));
}

void call_service::state::enter_chain(call_pointer const& call)
{
    chain_key const key{call->caller(), call->chain()};
    if (!chains_.contains(key) && chains_.size() >= limits_.chains)
        call->fail({.what = call_failure::refused, .text = "there are too many chains of calls"});
    auto& in = chains_[key];
    if (in.failed)
        call->fail(*in.failed);
    if (in.is_busy) {
        in.waiting.push_back(call);
        return;
    }
    in.is_busy = true;
    start(call);
}

void call_service::state::leave_chain(served_call const& call, call_error const* failed)
{
    auto const found = chains_.find({call.caller(), call.chain()});
    if (found == chains_.end())
        return;
    auto& in = found->second;
    if (failed != nullptr && !in.failed)
        in.failed = *failed;
    if (!in.waiting.empty()) {
        auto const next = std::move(in.waiting.front());
        in.waiting.pop_front();
        if (in.failed)
            next->fail(*in.failed);
        // Not from within: a thousand that fail at once would lie on the stack upon each other.
        asio::post(router_->get_executor(), [self = shared_from_this(), next] {
            if (self->router_ != nullptr)
                self->start(next);
        });
        return;
    }
    in.is_busy = false;
    if (in.is_forgotten)
        chains_.erase(found);
}

void call_service::state::start(call_pointer const& call)
{
    if (call->is_settled() || call->runs_at_once())
        return finish(*call, call->run());
    auto const done = [self = shared_from_this(), call](served_call::outcome result) {
        if (self->router_ != nullptr)
            self->finish(*call, std::move(result));
    };
    if (call->is_async()) {
        auto running = asio::co_spawn(router_->get_executor(), served_call::run_async(call), asio::deferred);
        std::move(running)(asio::bind_cancellation_slot(
            call->cancellation(), [done](std::exception_ptr /*none leaves it*/, served_call::outcome result) {
                done(std::move(result));
            }));
        return;
    }
    asio::post(work_(), [call, done, home = router_->get_executor()] {
        asio::post(home, [done, result = call->run()]() mutable { done(std::move(result)); });
    });
}

void call_service::state::finish(served_call const& call, served_call::outcome result)
{
    auto const kept = calls_.extract(call.number());
    if (kept.empty())
        return;
    waiting_bytes_ -= call.bytes();
    conclude(call, std::move(result));
}

void call_service::state::conclude(served_call const& call, served_call::outcome result)
{
    ++(result ? counters_.served : counters_.failed);
    if (measured_)
        measured_(call.times(!result));
    if (!result && call.reply_to() == 0)
        router_->log(log_level::notice, "calls",
                     "a call that nobody waits for failed: " + result.error().message());
    if (call.chain() != 0)
        leave_chain(call, result ? nullptr : &result.error());
    answer(call, result ? std::move(*result) : detail::pack_failure(result.error()));
}

void call_service::state::answer(served_call const& call, wire::byte_buffer data)
{
    if (call.reply_to() != 0)
        router_->send({.dst = call.caller(), .handle = call.reply_to(), .data = std::move(data)});
}

void call_service::state::on_cancel(wire::message const& what)
{
    auto const wanted = wire::unpack<std::pair<wire::handle, detail::chain_number>>(what.data);
    if (!wanted)
        return router_->log(log_level::warning, "calls",
                            "a cancellation cannot be read: " + wanted.error().message());
    auto const [handle, number] = *wanted;
    if (auto const found = chains_.find({what.src, number}); found != chains_.end()) {
        found->second.is_forgotten = true;
        if (!found->second.is_busy)
            chains_.erase(found);
    }
    for (auto const& [key, each] : calls_)
        if (handle != 0 && each->caller() == what.src && each->reply_to() == handle)
            return each->stop();
    if (handle == 0)
        return;
    // It overtook a large call, or the answer is on its way. The last ones are remembered for the first case.
    early_.emplace_back(what.src, handle);
    if (early_.size() > most_early)
        early_.pop_front();
}

void call_service::state::on_lost(context_id who)
{
    for (auto const& [number, each] : calls_)
        if (each->caller() == who)
            each->stop();
    for (auto& [key, each] : chains_)
        each.is_forgotten = each.is_forgotten || key.first == who;
    std::erase_if(chains_, [](auto const& each) { return each.second.is_forgotten && !each.second.is_busy; });
}

}  // namespace tendril::rpc
