#include <tendril/syslog/detail/connection.hpp>
#include <tendril/syslog/sender.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::syslog {

namespace {

using namespace std::chrono_literals;

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

/// The first pause after a failure, and the longest: a daemon that restarts is away for a second.
constexpr std::chrono::milliseconds first_pause = 100ms;
constexpr std::chrono::milliseconds longest_pause = 5s;

std::shared_ptr<detail::connection> make_connection(io::executor on, endpoint const& to)
{
    switch (to.by) {
    case transport::local:
    case transport::udp:
        return detail::make_datagram_connection(on, to);
    case transport::tcp:
        return detail::make_stream_connection(on, to);
    case transport::tls:
        break;
    }
    return detail::make_tls_connection(on, to);
}

}  // namespace

sender::sender(io::executor on, endpoint to, identity who)
    : executor_(on), to_(std::move(to)), who_(std::move(who)), wake_(on), idle_(on)
{
    wake_.expires_at(asio::steady_timer::time_point::max());
    idle_.expires_at(asio::steady_timer::time_point::max());
}

sender::~sender()
{
    if (connection_)
        connection_->close();
}

void sender::output(base::byte_view bytes)
{
    for (auto const& line : lines_.push(bytes))
        send(severity::info, line);
}

void sender::finish_line()
{
    if (auto const rest = lines_.finish(); !rest.empty())
        send(severity::info, rest);
}

void sender::send(severity how, std::string_view line)
{
    if (unsaid_drops_ > 0 && queued_bytes_ < queue_bytes / 2) {
        auto const count = std::exchange(unsaid_drops_, 0);
        enqueue(severity::warning, std::to_string(count) + " messages were dropped");
    }
    enqueue(how, line);
}

void sender::enqueue(severity how, std::string_view line)
{
    auto const now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    auto message =
        to_.by == transport::local ? to_rfc3164(who_, how, now, line) : to_rfc5424(who_, how, now, line);
    if (queued_bytes_ + message.size() > queue_bytes) {
        ++dropped_;
        ++unsaid_drops_;
        return;
    }
    queued_bytes_ += message.size();
    queue_.push_back(std::move(message));
    wake_.cancel();
}

asio::awaitable<void> sender::run()
{
    auto pause = first_pause;
    asio::steady_timer retry(executor_);
    for (;;) {
        if (queue_.empty()) {
            idle_.cancel();
            co_await wake_.async_wait(tuple);
            continue;
        }
        bool const is_connected = co_await connect();
        if (!is_connected) {
            retry.expires_after(pause);
            pause = std::min(2 * pause, longest_pause);
            co_await retry.async_wait(tuple);
            continue;
        }
        auto message = queue_.front();
        auto const why = co_await connection_->write(std::move(message));
        if (why) {
            disconnect(why);
            continue;
        }
        pause = first_pause;
        problem_.clear();
        queued_bytes_ -= queue_.front().size();
        queue_.pop_front();
        ++sent_;
    }
}

asio::awaitable<void> sender::drained()
{
    while (!queue_.empty())
        co_await idle_.async_wait(tuple);
}

asio::awaitable<bool> sender::connect()
{
    if (connection_ && connection_->is_dead())
        disconnect(asio::error::connection_reset);
    if (connection_)
        co_return true;
    connection_ = make_connection(executor_, to_);
    auto const why = co_await connection_->open();
    if (why)
        disconnect(why);
    co_return !why;
}

void sender::disconnect(error_code why)
{
    problem_ = why.message();
    connection_->close();
    connection_.reset();
}

}  // namespace tendril::syslog
