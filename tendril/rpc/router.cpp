#include <tendril/rpc/detail/router_state.hpp>
#include <tendril/rpc/router.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <utility>

#include <boost/asio/post.hpp>

namespace tendril::rpc {

namespace {

/// Does @p what where the state belongs.
template <typename State, typename What>
decltype(auto) at_home(State const& of, What&& what)
{
    if (of->options().from == callers::strand_only)
        return what();
    return call_on_strand(of->get_executor(), std::forward<What>(what));
}

}  // namespace

router::router(io::executor on, identity self, router_options options)
    : state_(std::make_shared<state>(std::move(on), std::move(self), std::move(options)))
{
    state_->begin();
}

router::~router()
{
    at_home(state_, [&] { state_->end(); });
}

identity const& router::self() const noexcept
{
    return state_->self();
}

router_options const& router::options() const noexcept
{
    return state_->options();
}

io::executor router::get_executor() const
{
    return state_->get_executor();
}

std::optional<link_id> router::add_link(std::unique_ptr<duplex> stream, context_id neighbour, relation where,
                                        base::byte_view early)
{
    return at_home(state_, [&] { return state_->add_link(std::move(stream), neighbour, where, early); });
}

void router::drop_link(context_id neighbour, std::string_view why)
{
    at_home(state_, [&] { return state_->drop_link(neighbour, why); });
}

std::optional<wire::handle> router::add_handler(message_handler call, handle_options how,
                                                std::optional<wire::handle> fixed)
{
    return at_home(state_, [&] { return state_->handles().add(std::move(call), std::move(how), fixed); });
}

std::optional<wire::handle> router::add_handler(std::shared_ptr<message_target> to, handle_options how,
                                                std::optional<wire::handle> fixed)
{
    return at_home(state_, [&] { return state_->handles().add(std::move(to), std::move(how), fixed); });
}

void router::remove_handler(wire::handle which)
{
    at_home(state_, [&] { return state_->handles().remove(which); });
}

void router::send(wire::message what)
{
    what.auth = state_->self().id;
    send_as(std::move(what));
}

void router::send_as(wire::message what)
{
    if (state_->options().from == callers::strand_only || runs_here(state_->get_executor()))
        return state_->send(std::move(what));
    asio::post(state_->get_executor(),
               [to = state_, what = std::move(what)]() mutable { to->send(std::move(what)); });
}

void router::defer(std::function<void()> task)
{
    asio::post(state_->get_executor(), std::move(task));
}

std::uint64_t router::on_loss(loss_handler told)
{
    return at_home(state_, [&] { return state_->on_loss(std::move(told)); });
}

void router::forget_loss(std::uint64_t registration)
{
    at_home(state_, [&] { return state_->forget_loss(registration); });
}

void router::take_id(std::function<void(std::expected<context_id, std::string>)> taken)
{
    at_home(state_, [&] { return state_->take_id(std::move(taken)); });
}

bool router::knows(context_id id) const
{
    return at_home(state_, [&] { return state_->knows(id); });
}

std::vector<context_id> router::children() const
{
    return at_home(state_, [&] { return state_->children(); });
}

std::optional<link_counters> router::counters(context_id neighbour) const
{
    return at_home(state_, [&] { return state_->counters(neighbour); });
}

std::vector<std::pair<context_id, link_counters>> router::all_counters() const
{
    return at_home(state_, [&] { return state_->all_counters(); });
}

void router::close(std::string_view why)
{
    at_home(state_, [&] { return state_->close(why); });
}

void router::provide(std::type_index type, void* what)
{
    at_home(state_, [&] { state_->provided[type] = what; });
}

void* router::provided(std::type_index type) const
{
    return at_home(state_, [&] {
        auto const found = state_->provided.find(type);
        return found == state_->provided.end() ? nullptr : found->second;
    });
}

void router::log(log_level level, std::string_view source, std::string text, std::optional<context_id> of)
{
    state_->log(level, source, std::move(text), of);
}

}  // namespace tendril::rpc
