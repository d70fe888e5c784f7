#pragma once

/// @file
/// A script's side of a session: it asks for one thing after the other, and the output is read while it
/// waits. Layer: session (base, io, expect). Spec: parity rows X07 and X13; docs/guide/expect.md.

#include <tendril/expect/queue.hpp>
#include <tendril/session/session.hpp>
#include <tendril/session/type_secret.hpp>

#include <chrono>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/deferred.hpp>

namespace tendril::session {

/// Completes with what matched.
using match_handler = asio::any_completion_handler<void(error_code, expect::match)>;

/// A dialogue with the program. Expectations that were registered on the session beside it work on.
///
/// What was not matched stays: the next question looks at the output behind the last match.
///
/// Lifetime: the session outlives the object, and nobody else reads from it meanwhile.
/// Threads:  one object belongs to its session's strand.
class dialogue {
public:
    explicit dialogue(session& with);
    dialogue(dialogue&&) noexcept;
    dialogue& operator=(dialogue&&) noexcept;
    ~dialogue();

    /// Completes with the first match of any of @p patterns. One at a time.
    ///
    /// Errors:  timed_out when none came @p within, unless pattern::timeout() is one of them;
    /// asio::error::eof
    ///          when the output ended, unless pattern::end() is; not_supported as expect::queue::expect().
    /// Cancels: terminal, partial, total; what was not matched stays.
    template <asio::completion_token_for<void(error_code, expect::match)> Token = asio::deferred_t>
    auto async_expect(std::vector<expect::pattern> patterns, std::chrono::steady_clock::duration within,
                      expect::source from = expect::source::stream, Token&& token = {})
    {
        return asio::async_initiate<Token, void(error_code, expect::match)>(
            [this](auto handler, auto any_of, auto patience, auto where) {
                start_expect(std::move(any_of), patience, where, std::move(handler));
            },
            token, std::move(patterns), within, from);
    }

    /// As session::async_await(), reading meanwhile.
    template <asio::completion_token_for<void(error_code)> Token = asio::deferred_t>
    auto async_await(std::chrono::steady_clock::duration within, Token&& token = {})
    {
        start_reading();
        return session_->async_await(within, std::forward<Token>(token));
    }

    /// Types @p line and Enter. Errors: as session::write(); message_size, and nothing is typed, when the
    /// terminal is in canonical mode and would cut the line.
    [[nodiscard]] error_code send_line(std::string_view line);

private:
    struct state;
    void start_expect(std::vector<expect::pattern> patterns, std::chrono::steady_clock::duration within,
                      expect::source from, match_handler handler);
    void start_reading();

    session* session_;
    std::shared_ptr<state>
        state_;  // shared with the read in flight, which may complete after the dialogue is gone
};

}  // namespace tendril::session
