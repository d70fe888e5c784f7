#pragma once

/// @file
/// The shell line that finds our program at the far end, or takes it in, and becomes it. Pure.
/// Layer: remote (base). Spec: docs/protocol.md "Bootstrap"; docs/adr/0039-first-stage.md; parity row K01.

#include <tendril/base/bytes.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace tendril::remote {

/// Whether the far end keeps the program for the next time.
enum class caching {
    on,   ///< in ${XDG_CACHE_HOME:-$HOME/.cache}/tendril, by its hash
    off,  ///< it is unlinked before it runs
};

/// What a first stage is made for.
struct first_stage_request {
    std::string nonce;                          ///< hexadecimal digits; new for each far end
    std::string name;                           ///< the program is `tendril:NAME` there
    std::string word;                           ///< what the program gets as argv[1]
    std::map<std::string, std::string> hashes;  ///< SHA-256, in hexadecimal, by machine as uname -m says it
    std::size_t sent_blindly = 0;  ///< bytes for the program that are sent before it is known to be there
    caching keep = caching::on;
};

/// True when @p word passes through every shell as it is: letters, digits and `._-@:+=,/`, 1 to 128 of them.
[[nodiscard]] bool is_plain_word(std::string_view word) noexcept;

/// The line for the far end's login shell, whichever that is. All words of @p asked are plain.
[[nodiscard]] std::string first_stage(first_stage_request const& asked);

/// The line that goes before the program's bytes: how many follow, and how many they are when unpacked.
[[nodiscard]] std::string image_header(std::size_t sent, std::size_t unpacked);

}  // namespace tendril::remote
