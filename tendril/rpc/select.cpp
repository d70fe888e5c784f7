#include <tendril/rpc/select.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>

namespace tendril::rpc {

namespace {

std::expected<selected, channel_error> as_selected(std::expected<detail::picked, channel_error> given)
{
    if (given)
        return selected(std::move(*given));
    return std::unexpected(std::move(given.error()));
}

}  // namespace

std::expected<selected, channel_error> select::get(timeout within)
{
    if (state_->would_wait_at_home())
        return std::unexpected(detail::waits_at_home());
    return as_selected(detail::wait_for<detail::picked>(*state_, within));
}

std::expected<selected, channel_error> select::try_get()
{
    if (auto given = state_->attempt())
        return as_selected(std::move(*given));
    return std::unexpected(channel_error{channel_fault::would_block, "nothing has arrived"});
}

void select::start_get(std::shared_ptr<detail::select_state> from, io::executor on, timeout within,
                       asio::any_completion_handler<void(std::expected<selected, channel_error>)> handler)
{
    auto const slot = asio::get_associated_cancellation_slot(handler);
    auto const where = asio::get_associated_executor(handler, on);
    auto passed_on = [handler =
                          std::move(handler)](std::expected<detail::picked, channel_error> given) mutable {
        std::move(handler)(as_selected(std::move(given)));
    };
    detail::start_wait<detail::picked>(
        std::move(from), std::move(on), within,
        asio::bind_cancellation_slot(slot, asio::bind_executor(where, std::move(passed_on))));
}

}  // namespace tendril::rpc
