#pragma once

/// @file
/// What ssh says and what it means. Pure. Layer: remote (base). Spec: OpenSSH 7.6 to 9.2: sshconnect.c,
/// sshconnect2.c, readconf.c; it has no translations.

#include <tendril/remote/detail/conversation.hpp>
#include <tendril/remote/detail/conversed_program.hpp>

#include <deque>
#include <string>
#include <string_view>

namespace tendril::remote::detail {

/// What ssh wants to know when @p text stands on its terminal.
[[nodiscard]] prompt_kind ssh_prompt(std::string_view text);

/// Why ssh ended. @p knows_password says whether it could have asked for one.
[[nodiscard]] explanation explain_ssh(program_ending const& ending, bool knows_password);

/// What ssh says when it loses a session that ran; empty when @p lines do not end with that. The far program
/// may say the same: fit for people only.
[[nodiscard]] std::string ssh_last_words(std::deque<std::string> const& lines);

}  // namespace tendril::remote::detail
