// The part of a node that logs and measures.

#include <tendril/remote/detail/node_state.hpp>

#include <algorithm>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace tendril::remote {

namespace {

constexpr std::size_t largest_profile = 1024UL * 1024;  // bytes; what is larger is not believed
constexpr std::size_t most_functions = 1000;            // then the rest is counted together

std::chrono::nanoseconds duration_of(::timeval const& time)
{
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

std::string_view node::version() noexcept
{
    return TENDRIL_VERSION;
}

void node::state::take_handles()
{
    calls_.emplace(router_, options_.work);
    if (options_.measures)
        calls_->measure([this](rpc::call_times const& call) { note(call); });
    // A node closes its router before it goes, so that no handler outlives it.
    auto const take = [this](wire::handle at, rpc::policy admits,
                             void (state::*method)(wire::message const&)) {
        static_cast<void>(router_.add_handler(
            [this, method](wire::message const& what) {
                if (!what.is_dead)
                    (this->*method)(what);
            },
            {.admits = std::move(admits)}, at));
    };
    if (options_.self.is_master()) {
        take(rpc::well_known::log, rpc::anybody, &state::take_record);
        take(rpc::well_known::profile, rpc::anybody, &state::take_profile);
    } else {
        take(rpc::well_known::level, rpc::has_parent_authority, &state::take_level);
    }
    static_cast<void>(
        router_.on_loss([this](rpc::context_id lost, std::string_view /*why*/) { on_loss(lost); }));
}

/// A record from below.
void node::state::take_record(wire::message const& what)
{
    auto record = wire::unpack<rpc::log_record>(what.data);
    if (record && options_.routing.log)
        options_.routing.log(*record);
}

void node::state::set_level(rpc::log_level level)
{
    *level_ = level;
    for (auto const each : router_.children())
        send_level(each);
}

void node::state::send_level(rpc::context_id child)
{
    router_.send({.dst = child, .handle = rpc::well_known::level, .data = wire::pack(level_->load())});
}

void node::state::take_level(wire::message const& what)
{
    if (auto const level = wire::unpack<rpc::log_level>(what.data))
        set_level(std::min(*level, rpc::log_level::error));
}

/// A context that ends says what it measured. None can speak for another.
void node::state::take_profile(wire::message const& what)
{
    if (!options_.on_profile || what.data.size() > largest_profile)
        return;
    auto const profile = wire::unpack<context_profile>(what.data);
    if (profile && profile->id == what.src)
        options_.on_profile(*profile);
}

void node::state::note(rpc::call_times const& call)
{
    std::string_view const name = call.function.empty() ? "(unknown)" : call.function;
    auto found = functions_.find(name);
    if (found == functions_.end())
        found =
            functions_.try_emplace(functions_.size() < most_functions ? std::string(name) : "(others)").first;
    auto& all = found->second;
    ++all.calls;
    all.failed += call.has_failed ? 1 : 0;
    all.wait_time += call.waited;
    all.longest_wait = std::max(all.longest_wait, call.waited);
    all.run_time += call.ran;
    all.longest_run = std::max(all.longest_run, call.ran);
}

context_profile node::state::profile() const
{
    ::rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    context_profile made{.id = options_.self.id,
                         .ancestors = options_.self.ancestors,
                         .name = options_.name,
                         .process = ::getpid(),
                         .lifetime = std::chrono::steady_clock::now() - began_,
                         .user_time = duration_of(used.ru_utime),
                         .system_time = duration_of(used.ru_stime),
                         .most_calls_waiting = (calls_ ? calls_->counters() : counted_).most_waiting};
    made.functions.insert(functions_.begin(), functions_.end());
    for (auto const& [neighbour, each] : router_.all_counters())
        made.links.push_back({.neighbour = neighbour,
                              .frames_in = each.frames_in,
                              .frames_out = each.frames_out,
                              .bytes_in = each.bytes_in,
                              .bytes_out = each.bytes_out,
                              .pauses = each.pauses,
                              .most_queued_bytes = each.most_queued_bytes,
                              .queue_time = each.queue_time,
                              .longest_queue_time = each.longest_queue_time});
    return made;
}

}  // namespace tendril::remote
