#include <tendril/session/type_secret.hpp>

#include <chrono>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::session {

namespace {

using namespace std::chrono_literals;

// Programs write the prompt first and turn echo off after it. Most do so within a millisecond.
constexpr auto echo_patience = 300ms;
constexpr auto echo_poll = 1ms;

// The kernel echoes when it takes the input in, a moment after it was written.
constexpr auto echo_settles = 100ms;

bool echoes(session& on)
{
    auto const attributes = on.attributes();
    return attributes && (attributes->c_lflag & ECHO) != 0;
}

}  // namespace

asio::awaitable<error_code> type_secret(session* to, base::secret const* text)
{
    asio::steady_timer pause(to->get_executor());
    auto const give_up = std::chrono::steady_clock::now() + echo_patience;
    while (echoes(*to) && std::chrono::steady_clock::now() < give_up) {
        pause.expires_after(echo_poll);
        co_await pause.async_wait(asio::use_awaitable);
    }

    // A program that reads a secret with echo on would show it on the screen and in the recording.
    bool const hushed = echoes(*to);
    if (hushed) {
        auto attributes = *to->attributes();
        attributes.c_lflag &= static_cast<tcflag_t>(~ECHO);
        if (auto const set = to->set_attributes(attributes); !set)
            co_return set.error().code;
    }
    if (auto const why = to->write(base::bytes_of(text->reveal())))
        co_return why;
    if (auto const why = to->write(base::bytes_of("\r")))
        co_return why;
    if (hushed) {
        pause.expires_after(echo_settles);
        co_await pause.async_wait(asio::use_awaitable);
        if (auto attributes = to->attributes(); attributes && (attributes->c_lflag & ICANON) != 0) {
            attributes->c_lflag |= ECHO;
            [[maybe_unused]] auto const gone = to->set_attributes(*attributes);  // fails only at the end
        }
    }
    co_return error_code{};
}

}  // namespace tendril::session
