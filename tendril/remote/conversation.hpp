#pragma once

/// @file
/// Who answers when a program on the way to a far end asks for a password or a one-time code.
/// Layer: remote (base, io). Design: docs/adr/0041-ssh.md; parity rows K04 to K07 and K17.

#include <tendril/base/secret.hpp>
#include <tendril/io/executor.hpp>

#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

namespace tendril::remote {

/// What is asked on the way.
struct question {
    std::string target;  ///< on the way to whom: `ssh:web1`
    std::string text;    ///< as it was asked, printable; several lines at most, the last one is the prompt
};

/// Answers a question, by asking a person or a generator of codes. Nothing means: nobody can.
///
/// Each question is asked once; the answer is neither echoed nor kept. An exception is taken for "nobody
/// can". Cancels: it is cancelled (terminal) when the carrier that asks is destroyed.
using responder = std::function<asio::awaitable<std::optional<base::secret>>(question)>;

/// What is known before anybody asks.
struct answers {
    std::optional<base::secret> password = {};  ///< given once; a second request means it was wrong
    responder ask = {};                         ///< for all else; may be empty
};

}  // namespace tendril::remote
