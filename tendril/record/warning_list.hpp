#pragma once

/// @file
/// What a reader put right, bounded. Layer: record (base).

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tendril::record {

/// Enough lines to see what is wrong with a file; a hostile one has a million, which are counted.
class warning_list {
public:
    static constexpr std::size_t most = 20;

    void add(std::string what)
    {
        if (++count_ <= most)
            lines_.push_back(std::move(what));
    }

    void clear() noexcept
    {
        lines_.clear();
        count_ = 0;
    }

    [[nodiscard]] std::vector<std::string> take()
    {
        auto taken = std::exchange(lines_, {});
        if (count_ > most)
            taken.push_back("and " + std::to_string(count_ - most) + " more of such");
        count_ = 0;
        return taken;
    }

private:
    std::vector<std::string> lines_;
    std::uint64_t count_ = 0;
};

}  // namespace tendril::record
