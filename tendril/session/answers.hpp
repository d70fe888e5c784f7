#pragma once

/// @file
/// Rules that answer a program's questions: when this appears on the screen, type that.
/// Layer: session (base, io, expect). Spec: docs/guide/run.md "Answers"; process.md lessons on prompts.

#include <tendril/base/secret.hpp>
#include <tendril/expect/pattern.hpp>
#include <tendril/session/session.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::session {

/// Whether a question must come.
enum class question {
    expected,  ///< waiting for it can time out, and a program that ends without it is worth a word
    possible,  ///< it may come or not
};

/// How careful an answer is to be typed.
enum class confidence {
    plain,   ///< at once
    secret,  ///< only while the terminal does not echo, and at most twice to the same prompt
};

/// One rule. The answer is typed with Enter behind it, whenever the pattern appears anew on the screen.
struct answer_rule {
    expect::pattern when;
    base::secret answer;
    confidence kind = confidence::plain;
    question need = question::expected;
};

/// The rules at work on one session.
///
/// Lifetime: the session outlives the object.
/// Threads:  one object belongs to its session's strand.
class answers {
public:
    /// A secret is typed at most so often to prompts that read the same: once, and once more to confirm. A
    /// wrong password that is offered again and again locks accounts.
    static constexpr int same_prompt_limit = 2;

    /// Attaches @p rules to @p to.
    answers(session& to, std::vector<answer_rule> rules);
    answers(answers const&) = delete;
    answers& operator=(answers const&) = delete;
    ~answers();

    /// Types the answers as they come due. Runs until it is cancelled.
    [[nodiscard]] asio::awaitable<void> type();

    /// Completes when a question that is expected has not come for @p patience since the start or the last
    /// answer. Never completes once all of them have come. Cancels: terminal.
    [[nodiscard]] asio::awaitable<void> watch(std::chrono::steady_clock::duration patience);

    /// Completes when every expected question has come and was answered, or when none has come for @p
    /// silence: then piped input may end, which a question that is still to come would take for its answer.
    /// Cancels: terminal.
    [[nodiscard]] asio::awaitable<void> settled(std::chrono::steady_clock::duration silence);

    /// The expected questions that never came.
    [[nodiscard]] std::vector<std::string> unasked() const;

    /// True when at least one answer was given.
    [[nodiscard]] bool any_given() const noexcept;

    /// Completes, with the prompt, when a secret was asked for once too often. Cancels: terminal.
    [[nodiscard]] asio::awaitable<std::string> refusal();

private:
    struct rule {
        answer_rule what;
        expect::reference registered{};
        int given = 0;
        std::vector<std::pair<std::string, int>> prompts;  // how often each line was answered, secrets only
    };

    void on_question(std::size_t which, expect::match const& found);

    session* session_;
    std::vector<rule> rules_;
    std::vector<std::size_t> due_;  // rules whose answer is to be typed, oldest first
    asio::steady_timer work_;       // cancelled to wake type()
    asio::steady_timer progress_;   // cancelled to restart watch()
    asio::steady_timer refused_;    // cancelled to wake refusal()
    asio::steady_timer silence_;    // cancelled to wake settled()
    std::optional<std::string> refused_prompt_;
};

}  // namespace tendril::session
