#pragma once

/// @file
/// Options of sudo as sudo reads them. Pure. Layer: remote (base). Spec: sudo(8), getopt_long(3).

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tendril::remote::detail {

/// What can stand on sudo's command line before a program of ours.
struct sudo_arguments {
    std::vector<std::string> words;  ///< to be handed to sudo as they are
    std::string with_value;          ///< the letters of those that have a value; sudo takes each once
    std::optional<std::string> username;

    [[nodiscard]] bool name(char letter) const noexcept { return with_value.contains(letter); }
};

/// Errors: in words, the option that cannot be used, as it was written.
[[nodiscard]] std::expected<sudo_arguments, std::string>
read_sudo_arguments(std::span<std::string const> given);

}  // namespace tendril::remote::detail
