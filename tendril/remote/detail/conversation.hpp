#pragma once

/// @file
/// Answers what a program asks on its controlling terminal: each thing once, or says why it cannot.
/// Layer: remote (base, io, pty). Design: docs/adr/0041-ssh.md.

#include <tendril/pty/pair.hpp>
#include <tendril/remote/connect_error.hpp>
#include <tendril/remote/conversation.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace tendril::remote::detail {

/// What a prompt wants.
enum class prompt_kind {
    nothing,     ///< it is none, or not finished
    password,    ///< the password, beyond doubt
    login,       ///< the far end asks for something: a person's if there is one, else the password
    local,       ///< the program asks for something of its own (a PIN): never the password
    passphrase,  ///< that of a key of ours: without a person the key is passed over
    host_key,    ///< whether a key is the right one: nobody here can know
};

/// Why @p known cannot be typed at a prompt, in words; empty when it can.
[[nodiscard]] std::string flaw_of(answers const& known);

/// With whom we speak and what we may say.
struct conversation_plan {
    std::string target;
    std::function<prompt_kind(std::string_view text)> kind_of;  ///< what stands there since the last answer
    std::shared_ptr<answers const> known;
    /// Whether the password is for who asks so; empty: always.
    std::function<asio::awaitable<bool>(std::string text)> may_know = {};
};

/// What a conversation tells its owner. Lifetime: may end the conversation in each.
struct conversation_events {
    std::function<void(std::string_view bytes)> said;                   ///< all that stands on the terminal
    std::function<void(connect_failure what, std::string words)> lost;  ///< it leads nowhere; comes once
};

/// Ownership: owns both ends of the terminal: the slave keeps it alive while nobody has it open. The
///            destructor hangs up.
/// Threads:   one object belongs to one strand.
class conversation {
public:
    conversation(io::executor on, pty::pair terminal, conversation_plan plan, conversation_events events);
    conversation(conversation const&) = delete;
    conversation& operator=(conversation const&) = delete;
    ~conversation();

    /// True once the far end was given an answer: if it does not let us in now, that was wrong.
    [[nodiscard]] bool has_answered() const noexcept;

    /// Answers nothing from now on: who speaks there now is not whom we wanted to reach the far end.
    void fall_silent();

    /// Tells what still stands there, then calls @p then: the program has ended. Answers nothing any more.
    void finish(std::function<void()> then);

private:
    struct state;
    std::shared_ptr<state> state_;  // shared with the operations in flight
};

}  // namespace tendril::remote::detail
