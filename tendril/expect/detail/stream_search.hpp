#pragma once

/// @file
/// Finds what expectations look for in the stream, each byte once. Layer: expect. Spec: docs/adr/0019.

#include <tendril/expect/detail/scanner.hpp>
#include <tendril/expect/pattern.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tendril::expect::detail {

/// An expectation, as far as the search has to do with it.
struct seeker {
    std::uint64_t id = 0;
    std::vector<pattern> const* patterns = nullptr;  ///< what is neither text nor expression is left out
    std::uint64_t floor = 0;                         ///< no match begins before this place
};

/// The search of one session. Those that are looked for may change after every match: one that is new and
/// whose floor has been passed already is first shown what was kept since.
class stream_search {
public:
    explicit stream_search(std::size_t limit_bytes) : tail_(limit_bytes), main_(0) {}

    void append(std::string_view bytes) { tail_.append(bytes); }
    [[nodiscard]] stream_tail const& tail() const noexcept { return tail_; }
    void release_before(std::uint64_t offset) { tail_.release_before(offset); }

    /// All matches of @p live that end first, see scanner::run(); none when all bytes are seen. The floor of
    /// each one that matched must be raised to that end.
    [[nodiscard]] std::vector<hit> next(std::vector<seeker> const& live);

    /// What matches at the end of the stream, once next() has found nothing more.
    [[nodiscard]] std::vector<hit> finish(std::vector<seeker> const& live);

private:
    [[nodiscard]] std::vector<hit> catch_up(std::vector<lookout> const& late);

    stream_tail tail_;
    scanner main_;                 // stands at the end between two chunks
    std::optional<scanner> late_;  // behind it
};

}  // namespace tendril::expect::detail
