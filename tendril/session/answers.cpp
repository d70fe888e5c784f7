#include <tendril/session/answers.hpp>
#include <tendril/session/type_secret.hpp>

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::session {

namespace {

constexpr auto forever = asio::steady_timer::time_point::max();

}  // namespace

answers::answers(session& to, std::vector<answer_rule> rules)
    : session_(&to), work_(to.get_executor(), forever), progress_(to.get_executor(), forever),
      refused_(to.get_executor(), forever), silence_(to.get_executor(), forever)
{
    for (auto& each : rules)
        rules_.emplace_back(std::move(each));
    for (std::size_t i = 0; i < rules_.size(); ++i)
        rules_[i].registered = *to.expect(
            {rules_[i].what.when}, [this, i](expect::match const& found) { on_question(i, found); },
            {.as = expect::standing::sticky});  // on the screen every pattern will do
}

answers::~answers()
{
    for (auto const& each : rules_)
        session_->unexpect(each.registered);
}

void answers::on_question(std::size_t which, expect::match const& found)
{
    auto& asked = rules_[which];
    if (asked.what.kind == confidence::secret) {
        auto known = std::ranges::find(asked.prompts, found.line, &std::pair<std::string, int>::first);
        if (known == asked.prompts.end())
            known = asked.prompts.insert(known, {found.line, 0});
        if (known->second++ == same_prompt_limit) {
            refused_prompt_ = found.line;
            refused_.cancel();
            return;
        }
        if (known->second > same_prompt_limit)
            return;
    }
    ++asked.given;
    due_.push_back(which);
    work_.cancel();
    progress_.cancel();
}

asio::awaitable<void> answers::type()
{
    for (;;) {
        while (!due_.empty()) {
            auto const& asked = rules_[due_.front()];
            due_.erase(due_.begin());
            if (asked.what.kind == confidence::secret)
                co_await type_secret(session_, &asked.what.answer);
            else if (session_->write(base::bytes_of(asked.what.answer.reveal())) ||
                     session_->write(base::bytes_of("\r")))
                co_return;  // the terminal is gone, and the reader of its output learns why
            silence_.cancel();
        }
        co_await work_.async_wait(asio::as_tuple(asio::use_awaitable));
        auto const cancelled = co_await asio::this_coro::cancellation_state;
        if (cancelled.cancelled() != asio::cancellation_type::none)
            co_return;
    }
}

asio::awaitable<void> answers::watch(std::chrono::steady_clock::duration patience)
{
    for (;;) {
        bool const all_came = unasked().empty();
        progress_.expires_at(all_came ? forever : std::chrono::steady_clock::now() + patience);
        auto const [why] = co_await progress_.async_wait(asio::as_tuple(asio::use_awaitable));
        if (!why)
            co_return;
        auto const cancelled = co_await asio::this_coro::cancellation_state;
        if (cancelled.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(why);
    }
}

asio::awaitable<void> answers::settled(std::chrono::steady_clock::duration silence)
{
    while (!unasked().empty() || !due_.empty()) {
        silence_.expires_after(silence);
        auto const [why] = co_await silence_.async_wait(asio::as_tuple(asio::use_awaitable));
        auto const cancelled = co_await asio::this_coro::cancellation_state;
        if (cancelled.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
        if (!why)
            co_return;
    }
}

std::vector<std::string> answers::unasked() const
{
    std::vector<std::string> names;
    for (auto const& each : rules_)
        if (each.given == 0 && each.what.need == question::expected)
            names.push_back(each.what.when.source());
    return names;
}

bool answers::any_given() const noexcept
{
    return std::ranges::any_of(rules_, [](rule const& each) { return each.given > 0; });
}

asio::awaitable<std::string> answers::refusal()
{
    while (!refused_prompt_) {
        co_await refused_.async_wait(asio::as_tuple(asio::use_awaitable));
        auto const cancelled = co_await asio::this_coro::cancellation_state;
        if (cancelled.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
    }
    co_return *refused_prompt_;
}

}  // namespace tendril::session
