#include <tendril/remote/detail/greeting.hpp>
#include <tendril/rpc/outbox.hpp>
#include <tendril/wire/codec.hpp>

#include <array>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::remote::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
/// How long a way in that was cut gets to say why.
constexpr auto patience = std::chrono::milliseconds(500);

}  // namespace

greeting::greeting(rpc::router& via, welcome words)
    : via_(&via), words_(std::move(words)), tasks_(via.get_executor()), over_(via.get_executor())
{
    answer_ =
        via.add_handler([this](wire::message const& answer) { take(answer); },
                        {.stays = rpc::standing::once, .respondent = words_.id, .admits = rpc::anybody});
}

greeting::~greeting()
{
    if (answer_)
        via_->remove_handler(*answer_);
}

wire::message greeting::message() const
{
    auto const self = via_->self().id;
    return {.dst = words_.id,
            .src = self,
            .auth = self,
            .handle = rpc::well_known::welcome,
            .reply_to = answer_.value_or(0),
            .data = wire::pack(words_)};
}

std::vector<std::byte> greeting::bytes() const
{
    rpc::outbox alone;
    alone.push(message(), 0);
    std::array<base::byte_view, 1> views;
    static_cast<void>(alone.gather(views));
    return {views.front().begin(), views.front().end()};
}

asio::awaitable<std::expected<introduction, connect_error>> greeting::run(std::shared_ptr<carrier> way,
                                                                          std::vector<std::byte> const& early,
                                                                          bool is_sent,
                                                                          std::chrono::milliseconds timeout)
{
    way_ = std::move(way);
    auto const target = way_->description();
    over_.expires_after(timeout);
    if (!answer_ || !via_->add_link(rpc::make_duplex(way_->stream(), way_,
                                                     [raw = way_.get()] { return raw->last_words(); }),
                                    words_.id, rpc::relation::below, early)) {
        connect_error why{.what = connect_failure::cannot_start,
                          .target = target,
                          .words = "no more contexts fit in",
                          .last_output = {}};
        co_return std::unexpected(std::move(why));
    }
    if (!is_sent)
        via_->send(message());
    tasks_.spawn(watch());
    if (!heard_ && !why_not_ && !is_lost_)  // its answer may have been among what was read early
        co_await over_.async_wait(tuple);
    if (is_lost_ && !why_not_) {  // the way there knows the reason, as soon as its program is gone
        over_.expires_after(patience);
        co_await over_.async_wait(tuple);
    }
    tasks_.cancel();
    co_await tasks_.join();
    if (heard_)
        co_return std::move(*heard_);
    via_->drop_link(words_.id, "it did not say who it is");
    if (!why_not_)
        why_not_ = connect_error{.what = is_lost_ ? connect_failure::ended : connect_failure::timed_out,
                                 .target = target,
                                 .words = "it did not say who it is",
                                 .last_output = {}};
    co_return std::unexpected(std::move(*why_not_));
}

asio::awaitable<void> greeting::watch()
{
    why_not_ = co_await way_->failure();
    finish();
}

void greeting::take(wire::message const& answer)
{
    answer_.reset();  // gone before its handler is called
    if (answer.is_dead) {
        is_lost_ = true;
    } else if (auto words = wire::unpack<introduction>(answer.data)) {
        heard_ = std::move(*words);
    } else {
        why_not_ = connect_error{.what = connect_failure::not_understood,
                                 .target = way_ ? way_->description() : "",
                                 .words = words.error().message(),
                                 .last_output = {}};
    }
    finish();
}

void greeting::finish()
{
    over_.cancel();
}

}  // namespace tendril::remote::detail
