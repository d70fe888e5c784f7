#pragma once

/// @file
/// Names of contexts: the way there, hop by hop, as a person writes it: `ssh:web1/sudo:root`. Pure: no
/// descriptor, no clock. Layer: remote (base). Design: docs/adr/0046-chains.md; parity row K15.
///
///     target = hop *( "/" hop )
///     hop    = kind [ ":" place ]
///     ssh    : [ user "@" ] host [ ":" port ]; an IPv6 address stands in brackets
///     sudo, su, doas : a user, root if there is none
///     local, fork    : any word, which tells two contexts of one place apart
///
/// One name may stand for many: `ssh:web[01-20,30]`.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::remote {

/// The ways that a name can tell.
enum class hop_kind : std::uint8_t { local, fork, ssh, sudo, su, doas };

/// One step of the way.
struct hop {
    hop_kind kind = hop_kind::local;
    std::string place = {};                ///< a host, a user, or a word; for local and fork maybe empty
    std::optional<std::string> user = {};  ///< on that host
    std::optional<std::uint16_t> port = {};

    [[nodiscard]] bool operator==(hop const&) const = default;
};

/// What is wrong with a name, and where.
struct target_flaw {
    std::size_t at = 0;  ///< bytes before it
    std::string words;

    /// `ssh:web1/sud:root: character 10: there is no way "sud"; ...`.
    [[nodiscard]] std::string message(std::string_view text) const;
};

/// The hops in @p text, at most 32. Errors: the first flaw; a range, which has to be expanded before.
[[nodiscard]] std::expected<std::vector<hop>, target_flaw> parse_target(std::string_view text);

/// The names that @p text stands for, in their order: `web[08-10]` gives `web08`, `web09` and `web10`.
/// Several ranges give all that they give together, the last one changing fastest. Each is a target that can
/// be parsed. Errors: the first flaw; more than @p most of them.
[[nodiscard]] std::expected<std::vector<std::string>, target_flaw> expand_targets(std::string_view text,
                                                                                  std::size_t most = 1024);

/// The name of @p which, always the same for the same hop: `sudo:root`, `ssh:me@[::1]:2222`.
[[nodiscard]] std::string name_of(hop const& which);

/// The name of the first @p count of @p hops.
[[nodiscard]] std::string name_of(std::vector<hop> const& hops, std::size_t count);

}  // namespace tendril::remote
