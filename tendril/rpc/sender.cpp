#include <tendril/rpc/detail/loop_operation.hpp>
#include <tendril/rpc/detail/sender_state.hpp>
#include <tendril/rpc/router_scope.hpp>
#include <tendril/rpc/sender.hpp>

#include <future>

#include <boost/asio/system_executor.hpp>

namespace tendril::rpc {

namespace {

channel_error leads_nowhere()
{
    return {channel_fault::closed, "the sender leads nowhere"};
}

/// A send that waits for its turn.
class send_operation final : public detail::loop_operation<void> {
public:
    send_operation(std::shared_ptr<detail::sender_state> by, wire::byte_buffer data,
                   detail::operation_handler<void> handler)
        : loop_operation(by->where(), std::move(handler)), by_(std::move(by)), data_(std::move(data))
    {
    }

private:
    void submit() override
    {
        number_ = by_->send(std::move(data_), [weak = weak_from_this()](sender::outcome outcome) {
            if (auto const self = weak.lock())
                asio::post(self->where(), [self, outcome = std::move(outcome)]() mutable {
                    self->complete(std::move(outcome));
                });
        });
    }

    bool give_up(channel_fault /*why*/) override { return by_->give_up(number_); }

    std::shared_ptr<detail::sender_state> by_;
    wire::byte_buffer data_;
    std::uint64_t number_ = 0;
};

}  // namespace

detail::sender_share::sender_share(std::shared_ptr<sender_state> what) noexcept : state_(std::move(what)) {}

detail::sender_share::~sender_share()
{
    state_->release();
}

sender::sender(router& via, address where, std::size_t window)
    : where_(where), window_(window), share_(std::make_shared<detail::sender_share>(
                                          std::make_shared<detail::sender_state>(via, where, window)))
{
}

sender::outcome sender::try_send_bytes(wire::byte_buffer data)
{
    return share_ ? share_->state()->try_send(std::move(data)) : std::unexpected(leads_nowhere());
}

sender::outcome sender::send_bytes(wire::byte_buffer data, timeout within)
{
    if (!share_)
        return std::unexpected(leads_nowhere());
    auto const& state = share_->state();
    if (state->is_at_home())
        return std::unexpected(channel_error{channel_fault::wrong_thread,
                                             "this would wait in the thread that runs the router; use "
                                             "async_send() there"});
    auto const told = std::make_shared<std::promise<outcome>>();
    auto done = told->get_future();
    auto const number =
        state->send(std::move(data), [told](outcome how) { told->set_value(std::move(how)); });
    if (within && done.wait_for(*within) == std::future_status::timeout && state->give_up(number))
        return std::unexpected(channel_error{
            channel_fault::timed_out, "there was no room within " + std::to_string(within->count()) + " ms"});
    return done.get();
}

void sender::start_send(wire::byte_buffer data, timeout within,
                        asio::any_completion_handler<void(std::expected<void, channel_error>)> handler)
{
    if (!share_) {
        // There is no router whose executor could do it, and nothing completes within the call that asked.
        asio::post(asio::system_executor(), [handler = std::move(handler)]() mutable {
            auto const to = asio::get_associated_executor(handler);
            asio::dispatch(to, [handler = std::move(handler)]() mutable {
                std::move(handler)(std::unexpected(leads_nowhere()));
            });
        });
        return;
    }
    std::make_shared<send_operation>(share_->state(), std::move(data), std::move(handler))
        ->start(detail::deadline_after(within));
}

void sender::close(std::string_view reason)
{
    if (share_)
        share_->state()->close(reason);
}

}  // namespace tendril::rpc

namespace tendril::wire {

void codec<rpc::sender>::pack(packer& to, rpc::sender const& value)
{
    detail::pack_list(to, value.where().context, value.where().handle,
                      static_cast<std::uint64_t>(value.window()));
}

rpc::sender codec<rpc::sender>::unpack(unpacker& from)
{
    rpc::address where;
    std::uint64_t window = 0;
    detail::unpack_list(from, where.context, where.handle, window);
    auto* const via = rpc::router_scope::current();
    if (via == nullptr)
        from.fail(errc::wrong_type, "a sender where no router is in scope");
    return from.problem() ? rpc::sender() : rpc::sender(*via, where, window);
}

}  // namespace tendril::wire
