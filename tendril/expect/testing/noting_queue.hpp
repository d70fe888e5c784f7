#pragma once

/// @file
/// A queue of expectations that notes what fired. Layer: expect, for tests only.

#include <tendril/expect/queue.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendril::expect::testing {

using strings = std::vector<std::string>;

inline options const raw{.from = source::stream};
inline options const raw_sticky{.from = source::stream, .as = standing::sticky};

/// The texts that matched, in their order.
struct noting_queue {
    queue waiting;
    strings fired;

    reference expect(std::string_view expression, options how = {})
    {
        return *waiting.expect(
            {*pattern::regex(expression)}, [this](match const& m) { fired.push_back(m.text); },
            std::move(how));
    }
    void stream(std::string_view bytes) { waiting.on_stream(base::bytes_of(bytes)); }
    void screen(std::string_view text, std::uint64_t top = 0, screen_kind kind = screen_kind::primary)
    {
        waiting.on_screen({text, top, kind});
    }
};

}  // namespace tendril::expect::testing
