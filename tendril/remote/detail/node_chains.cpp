// The part of a node that has contexts made by other contexts, and gives them names.

#include <tendril/remote/detail/node_chains.hpp>
#include <tendril/remote/detail/node_state.hpp>
#include <tendril/remote/first_stage.hpp>

#include <utility>

#include <boost/asio/use_awaitable.hpp>

namespace tendril::remote {

namespace detail {

asio::awaitable<made_below> make_below(rpc::call_context& here, way_plan plan, context_options how)
{
    auto& self = node::of(here);
    auto made = co_await self.async_connect_from(rpc::context(here.via, here.via.self().id), std::move(plan),
                                                 std::move(how));
    made_below answer;
    if (made)
        answer = {.why_not = {}, .id = made->id(), .who = self.introduced(*made)};
    else
        answer.why_not = std::move(made.error());
    co_return answer;
}

asio::awaitable<void> end_below(rpc::call_context& here, rpc::context_id which,
                                std::chrono::milliseconds grace)
{
    rpc::context const child(here.via, which);
    co_await node::of(here).async_shutdown(child, grace);
}

}  // namespace detail

namespace {

way_in way_of(way_plan plan)
{
    if (auto* const how = std::get_if<ssh_options>(&plan))
        return ssh(std::move(*how));
    if (auto* const how = std::get_if<sudo_options>(&plan))
        return sudo(std::move(*how));
    if (auto* const how = std::get_if<su_options>(&plan))
        return su(std::move(*how));
    return doas(std::move(std::get<doas_options>(plan)));
}

/// Why @p from did not even say why there is no context.
connect_error explain(rpc::context_id from, rpc::call_error const& why)
{
    connect_error made{.what = connect_failure::ended,
                       .target = "context " + std::to_string(from),
                       .words = why.message(),
                       .last_output = {}};
    if (why.what == rpc::call_failure::lost)
        made.words = "the context before it was lost: " + why.text;
    if (why.what == rpc::call_failure::unknown_function || why.what == rpc::call_failure::wrong_signature ||
        why.what == rpc::call_failure::bad_arguments || why.what == rpc::call_failure::bad_answer)
        made.what = connect_failure::not_understood;
    if (why.what == rpc::call_failure::refused)
        made.what = connect_failure::refused;
    return made;
}

}  // namespace

asio::awaitable<new_context> node::state::make_planned(way_plan plan, context_options how)
{
    if (std::holds_alternative<local_way>(plan))
        co_return co_await make_local(std::move(how));
    if (std::holds_alternative<fork_way>(plan))
        co_return co_await make_fork(std::move(how));
    auto in = way_of(std::move(plan));
    co_return co_await make(std::move(in), std::move(how));
}

asio::awaitable<new_context> node::state::make_from(rpc::context from, way_plan plan, context_options how)
{
    auto const kept = shared_from_this();
    if (from.id() == router_.self().id)
        co_return co_await make_planned(std::move(plan), std::move(how));
    rpc::context const maker(router_, from.id());
    auto pending = maker.call_async<detail::make_below>(plan, how);
    auto answer = co_await pending.async_get(asio::use_awaitable);
    if (!answer)
        co_return std::unexpected(explain(maker.id(), answer.error()));
    if (answer->why_not)
        co_return std::unexpected(std::move(*answer->why_not));
    if (!router_.knows(answer->id)) {
        connect_error gone{.what = connect_failure::ended,
                           .target = "context " + std::to_string(answer->id),
                           .words = "it was lost at once",
                           .last_output = {}};
        co_return std::unexpected(std::move(gone));
    }
    introduced_[answer->id] = std::move(answer->who);
    makers_.insert_or_assign(answer->id, maker);
    co_return rpc::context(router_, answer->id);
}

asio::awaitable<new_context> node::state::open(std::string name, open_options how)
{
    auto const kept = shared_from_this();
    auto parsed = parse_target(name);
    if (!parsed) {
        connect_error flaw{.what = connect_failure::bad_option,
                           .target = {},
                           .words = parsed.error().message(name),
                           .last_output = {}};
        co_return std::unexpected(std::move(flaw));
    }
    auto const way = std::make_shared<std::vector<hop> const>(std::move(*parsed));
    co_return co_await open_first(way, way->size(), std::move(how));
}

/// The context at the end of the first @p count hops.
asio::awaitable<new_context> node::state::open_first(hops way, std::size_t count, open_options how)
{
    auto const kept = shared_from_this();
    auto name = name_of(*way, count);
    if (!opened_.has(name, router_))
        opened_.begin(name, make_last(way, count, std::move(how)));
    co_return co_await opened_.wait(std::move(name));
}

/// Makes the last one of @p count hops, and those before it that are not there.
asio::awaitable<new_context> node::state::make_last(hops way, std::size_t count, open_options how)
{
    auto const kept = shared_from_this();
    auto const name = name_of(*way, count);
    rpc::context from(router_, router_.self().id);
    auto here = how.how;
    if (count > 1) {
        open_options before{.how = {.timeout = how.how.timeout, .keep = how.how.keep},
                            .prepare = how.prepare};
        auto opened = co_await open_first(way, count - 1, std::move(before));
        if (!opened)
            co_return std::unexpected(std::move(opened.error()));
        from = *opened;
    }
    auto plan = plan_of((*way)[count - 1]);
    if (how.prepare)
        how.prepare(name, plan);
    here.name = is_plain_word(name) ? name : "";
    auto made = co_await make_from(from, std::move(plan), std::move(here));
    if (!made) {
        made.error().target = name;
        co_return std::unexpected(std::move(made.error()));
    }
    router_.log(rpc::log_level::notice, "node", name + " is context " + std::to_string(made->id()));
    co_return std::move(*made);
}

}  // namespace tendril::remote
