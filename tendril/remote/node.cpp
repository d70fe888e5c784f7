#include <tendril/remote/detail/greeting.hpp>
#include <tendril/remote/detail/node_chains.hpp>
#include <tendril/remote/detail/node_state.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <algorithm>
#include <csignal>
#include <future>
#include <map>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

namespace tendril::remote {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
/// How long after its time is over word of a context's end may come from the one that made it.
constexpr auto patience = std::chrono::seconds(1);

connect_error cannot(std::string words)
{
    return {
        .what = connect_failure::cannot_start, .target = {}, .words = std::move(words), .last_output = {}};
}

/// A number for a new context, as something to wait for.
asio::awaitable<std::expected<rpc::context_id, std::string>> async_take_id(rpc::router& via)
{
    struct ticket {
        asio::steady_timer called;
        std::expected<rpc::context_id, std::string> id = std::unexpected("nobody answered");
        bool is_called = false;
    };
    auto const mine = std::make_shared<ticket>(ticket{asio::steady_timer(via.get_executor())});
    mine->called.expires_at(std::chrono::steady_clock::time_point::max());
    via.take_id([mine](auto id) {
        mine->id = std::move(id);
        mine->is_called = true;
        mine->called.cancel();
    });
    if (!mine->is_called)
        co_await mine->called.async_wait(tuple);
    co_return std::move(mine->id);
}

}  // namespace

node::state::state(io::executor on, node_options given, shared_level level)
    : on_(std::move(on)), options_(std::move(given)), router_(on_, options_.self, options_.routing),
      opened_(on_), level_(std::move(level))
{
}

welcome node::state::words_for(rpc::context_id child, context_options const& how) const
{
    welcome words{.id = child,
                  .ancestors = options_.self.ancestors,
                  .name = how.name.empty() ? std::to_string(child) : how.name,
                  .allowed = router_.options().allowed,
                  .message_limit = router_.options().message_limit,
                  .silence_limit = router_.options().silence_limit,
                  .level = *level_,
                  .call_threads = how.call_threads,
                  .measures = options_.measures};
    words.ancestors.insert(words.ancestors.begin(), options_.self.id);
    return words;
}

/// What a far program says on its standard output and error becomes records of its context.
line_handler node::state::lines_of(rpc::context_id who)
{
    return [weak = weak_from_this(), who](std::string_view line) {
        if (auto const self = weak.lock())
            self->router_.log(rpc::log_level::notice, "output", std::string(line), who);
    };
}

new_context node::state::settle(rpc::context_id id, rpc::log_level told,
                                std::expected<introduction, connect_error> heard)
{
    if (!heard)
        return std::unexpected(std::move(heard.error()));
    if (told != *level_)
        send_level(id);
    introduced_[id] = std::move(*heard);
    return rpc::context(router_, id);
}

asio::awaitable<new_context> node::state::make_local(context_options how)
{
    auto const kept = shared_from_this();
    auto const id = co_await async_take_id(router_);
    if (!id)
        co_return std::unexpected(cannot(id.error()));
    auto words = words_for(*id, how);
    direct_options direct{.name = words.name,
                          .word = std::string(context_word),
                          .on_line = lines_of(*id),
                          .parent_death_signal = SIGKILL};
    auto way = local_direct(on_, std::move(direct));
    co_return co_await greet(std::move(words), std::move(how), std::move(way));
}

/// Takes in a context whose stream is its own from the first byte on.
asio::awaitable<new_context> node::state::greet(welcome words, context_options how, carrier_made way)
{
    if (!way)
        co_return std::unexpected(std::move(way.error()));
    auto const id = words.id;
    auto const level = words.level;
    detail::greeting hello(router_, std::move(words));
    std::shared_ptr<carrier> shared = std::move(*way);
    std::vector<std::byte> const nothing_early;
    auto heard = co_await hello.run(std::move(shared), nothing_early, false, how.timeout);
    co_return settle(id, level, std::move(heard));
}

/// A seed that has ended is followed by another one, once.
node::state::carrier_made node::state::fork_from_seed(std::string const& name, line_handler on_line)
{
    carrier_made made = std::unexpected(cannot({}));
    for (int attempt = 0; attempt < 2 && !made; ++attempt) {
        if (!seed_) {
            auto started = seed::start(on_, "/proc/self/exe");
            if (!started)
                return std::unexpected(std::move(started.error()));
            seed_ = std::move(*started);
        }
        made = seed_->fork(name, on_line);
        if (!made && made.error().what == connect_failure::cannot_start)
            seed_.reset();
    }
    return made;
}

asio::awaitable<new_context> node::state::make_fork(context_options how)
{
    auto const kept = shared_from_this();
    auto const id = co_await async_take_id(router_);
    if (!id)
        co_return std::unexpected(cannot(id.error()));
    auto words = words_for(*id, how);
    auto way = fork_from_seed(words.name, lines_of(*id));
    co_return co_await greet(std::move(words), std::move(how), std::move(way));
}

std::expected<std::shared_ptr<image_store const>, connect_error> node::state::images()
{
    if (!options_.images) {
        auto mine = image_store::of_this_program();
        if (!mine)
            return std::unexpected(cannot(mine.error().message()));
        options_.images = std::make_shared<image_store const>(std::move(*mine));
    }
    return options_.images;
}

asio::awaitable<new_context> node::state::make(way_in in, context_options how)
{
    auto const kept = shared_from_this();
    auto programs = images();
    if (!programs)
        co_return std::unexpected(std::move(programs.error()));
    auto const id = co_await async_take_id(router_);
    if (!id)
        co_return std::unexpected(cannot(id.error()));
    auto words = words_for(*id, how);
    auto const level = words.level;
    bootstrap_options asked{
        .name = words.name, .word = std::string(context_word), .keep = how.keep, .timeout = how.timeout};
    detail::greeting hello(router_, std::move(words));
    asked.first_bytes = hello.bytes();
    auto there = co_await bootstrap(on_, std::move(in), std::move(*programs), std::move(asked));
    if (!there)
        co_return std::unexpected(std::move(there.error()));
    std::shared_ptr<carrier> way = std::move(there->way);
    way->also_tell(lines_of(*id));
    auto const early = std::move(there->early);
    auto heard = co_await hello.run(std::move(way), early, true, how.timeout);
    co_return settle(*id, level, std::move(heard));
}

asio::awaitable<void> node::state::end(rpc::context_id child, std::chrono::milliseconds grace)
{
    auto const kept = shared_from_this();
    if (!router_.knows(child))
        co_return;
    auto const maker = makers_.find(child);
    auto const is_ours = maker == makers_.end();
    asio::steady_timer over(on_, is_ours ? grace : grace + patience);
    auto const registration = router_.on_loss([&over, child](rpc::context_id lost, std::string_view /*why*/) {
        if (lost == child)
            over.cancel();
    });
    if (is_ours)
        rpc::context(router_, child).shutdown();
    else  // who made it can kill it
        maker->second.call_no_reply<detail::end_below>(child, grace);
    auto const [why] = co_await over.async_wait(tuple);
    router_.forget_loss(registration);
    if (!why)
        router_.drop_link(child, "it did not end when it was asked to");
}

asio::awaitable<void> node::state::end_all(std::chrono::milliseconds grace)
{
    auto const kept = shared_from_this();
    io::task_group tasks(on_);
    for (auto const each : router_.children())
        tasks.spawn(end(each, grace));
    co_await tasks.join();
}

void node::state::on_loss(rpc::context_id lost)
{
    introduced_.erase(lost);
    makers_.erase(lost);
    opened_.forget(lost);
}

node::node(io::executor on, node_options options)
{
    options.routing.from = rpc::callers::any_thread;
    auto const level = std::make_shared<std::atomic<rpc::log_level>>(options.level);
    if (options.routing.log)
        options.routing.log = [sink = std::move(options.routing.log), level](rpc::log_record const& record) {
            if (record.level >= *level)
                sink(record);
        };
    state_ = std::make_shared<state>(std::move(on), std::move(options), level);
    rpc::call_on_strand(state_->on_, [this] {
        state_->router_.provide<node>(this);
        state_->take_handles();
    });
}

node::~node()
{
    rpc::call_on_strand(state_->on_, [this] {
        state_->router_.provide<node>(nullptr);
        state_->opened_.cancel();
        state_->calls_.reset();
        state_->seed_.reset();
        state_->router_.close("this context has ended");
    });
}

rpc::router& node::router() noexcept
{
    return state_->router_;
}

rpc::identity const& node::self() const noexcept
{
    return state_->options_.self;
}

rpc::call_counters node::calls() const
{
    return rpc::call_on_strand(
        state_->on_, [this] { return state_->calls_ ? state_->calls_->counters() : state_->counted_; });
}

std::optional<rpc::context> node::parent() const
{
    if (self().is_master())
        return std::nullopt;
    return rpc::context(state_->router_, self().ancestors.front());
}

void node::set_log_level(rpc::log_level level)
{
    rpc::call_on_strand(state_->on_, [&] { state_->set_level(level); });
}

rpc::log_level node::log_level() const noexcept
{
    return *state_->level_;
}

void node::log(rpc::log_level level, std::string source, std::string text)
{
    if (level >= *state_->level_)
        state_->router_.defer(
            [kept = state_, level, source = std::move(source), text = std::move(text)]() mutable {
                kept->router_.log(level, source, std::move(text));
            });
}

context_profile node::profile() const
{
    return rpc::call_on_strand(state_->on_, [this] { return state_->profile(); });
}

namespace {

/// Waits for a coroutine of the strand, from another thread.
template <typename T>
T wait_for(io::executor const& on, asio::awaitable<T> task)
{
    return asio::co_spawn(on, std::move(task), asio::use_future).get();
}

}  // namespace

asio::awaitable<new_context> node::async_local(context_options how)
{
    return state_->make_local(std::move(how));
}

asio::awaitable<new_context> node::async_local()
{
    return async_local(context_options());
}

asio::awaitable<new_context> node::async_fork()
{
    return async_fork(context_options());
}

asio::awaitable<new_context> node::async_connect(way_in in)
{
    return async_connect(std::move(in), context_options());
}

new_context node::local(context_options how)
{
    return wait_for(state_->on_, async_local(std::move(how)));
}

asio::awaitable<new_context> node::async_fork(context_options how)
{
    return state_->make_fork(std::move(how));
}

new_context node::fork(context_options how)
{
    return wait_for(state_->on_, async_fork(std::move(how)));
}

asio::awaitable<new_context> node::async_connect(way_in in, context_options how)
{
    return state_->make(std::move(in), std::move(how));
}

new_context node::connect(way_in in, context_options how)
{
    return wait_for(state_->on_, async_connect(std::move(in), std::move(how)));
}

asio::awaitable<new_context> node::async_connect_from(rpc::context from, way_plan plan, context_options how)
{
    return state_->make_from(from, std::move(plan), std::move(how));
}

new_context node::connect_from(rpc::context from, way_plan plan, context_options how)
{
    return wait_for(state_->on_, async_connect_from(from, std::move(plan), std::move(how)));
}

asio::awaitable<new_context> node::async_open(std::string name, open_options how)
{
    return state_->open(std::move(name), std::move(how));
}

new_context node::open(std::string_view name, open_options how)
{
    return wait_for(state_->on_, async_open(std::string(name), std::move(how)));
}

introduction node::introduced(rpc::context child) const
{
    return rpc::call_on_strand(state_->on_, [&] {
        auto const found = state_->introduced_.find(child.id());
        return found == state_->introduced_.end() ? introduction{} : found->second;
    });
}

asio::awaitable<void> node::async_shutdown(rpc::context child, std::chrono::milliseconds grace)
{
    return state_->end(child.id(), grace);
}

void node::shutdown(rpc::context child, std::chrono::milliseconds grace)
{
    wait_for(state_->on_, async_shutdown(child, grace));
}

void node::stop_calls()
{
    rpc::call_on_strand(state_->on_, [this] {
        if (state_->calls_)
            state_->counted_ = state_->calls_->counters();
        state_->calls_.reset();
    });
}

asio::awaitable<void> node::async_shutdown_all(std::chrono::milliseconds grace)
{
    return state_->end_all(grace);
}

node& node::of(rpc::call_context& here)
{
    auto* const found = here.via.provided<node>();
    if (found == nullptr)
        throw rpc::call_failed({.what = rpc::call_failure::refused, .text = "this context is ending"});
    return *found;
}

}  // namespace tendril::remote
