#pragma once

/// @file
/// The raw output that patterns may still need, and one expectation's way through it. Layer: expect (base).

#include <tendril/expect/pattern.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::expect::detail {

/// The last bytes of a stream, addressed by their offset from the stream's start.
///
/// Pressure: keeps at most `limit_bytes`; the oldest go first, and a match that began there is lost.
class stream_tail {
public:
    explicit stream_tail(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

    void append(std::string_view bytes);

    /// Bytes before @p offset are not needed any more.
    void release_before(std::uint64_t offset);

    [[nodiscard]] std::uint64_t begin() const noexcept { return begin_; }
    [[nodiscard]] std::uint64_t end() const noexcept { return begin_ + kept_.size(); }
    [[nodiscard]] std::string_view text() const noexcept { return kept_; }

private:
    void drop(std::size_t count);

    std::size_t limit_bytes_;
    std::uint64_t begin_ = 0;
    std::string kept_;
};

/// A match in the stream.
struct stream_match {
    std::size_t alternative = 0;
    std::uint64_t end = 0;  ///< stream offset behind the match
    std::string text;
    std::vector<std::string> groups;
};

/// How far each alternative of one expectation has looked.
class stream_search {
public:
    /// Starts at stream offset @p start.
    stream_search(std::size_t alternatives, std::uint64_t start) : looked_until_(alternatives, start) {}

    /// The leftmost match of any of @p patterns not before the last one's end; of several, the first listed.
    [[nodiscard]] std::optional<stream_match> next(std::vector<pattern> const& patterns,
                                                   stream_tail const& tail);

    /// Nothing before @p offset may take part in a match from now on.
    void skip_to(std::uint64_t offset);

    /// The first byte that a later call of next() may look at.
    [[nodiscard]] std::uint64_t needed_from(std::vector<pattern> const& patterns) const;

private:
    std::vector<std::uint64_t> looked_until_;
};

}  // namespace tendril::expect::detail
