#include <tendril/process/detail/descriptor_moves.hpp>
#include <tendril/process/errc.hpp>

#include <algorithm>
#include <limits>

namespace tendril::process::detail {

namespace {

using kind = descriptor_move::kind;

std::vector<descriptor_range> gaps_between(std::vector<unsigned> numbers)
{
    std::ranges::sort(numbers);
    std::vector<descriptor_range> gaps;
    unsigned next = 0;
    for (auto const number : numbers) {
        if (number > next)
            gaps.push_back({next, number - 1});
        next = number + 1;
    }
    gaps.push_back({next, std::numeric_limits<unsigned>::max()});
    return gaps;
}

}  // namespace

std::expected<descriptor_moves, boost::system::error_code> plan_moves(std::span<descriptor_mapping const> map)
{
    descriptor_moves plan;
    std::vector<unsigned> targets;
    for (auto const& each : map) {
        if (each.child < 0 || each.parent < 0)
            return std::unexpected(make_error_code(boost::system::errc::bad_file_descriptor));
        auto const target = static_cast<unsigned>(each.child);
        if (std::ranges::find(targets, target) != targets.end())
            return std::unexpected(make_error_code(errc::duplicate_descriptor));
        targets.push_back(target);
    }

    std::vector<descriptor_move> later;
    for (auto const& each : map) {
        if (each.child == each.parent) {
            later.push_back({kind::keep, each.parent, each.child});
        } else if (std::ranges::find(targets, static_cast<unsigned>(each.parent)) != targets.end()) {
            auto const spare = static_cast<int>(plan.spares++);
            plan.moves.push_back({kind::save, each.parent, spare});
            later.push_back({kind::restore, spare, each.child});
        } else {
            later.push_back({kind::copy, each.parent, each.child});
        }
    }
    plan.moves.insert(plan.moves.end(), later.begin(), later.end());
    plan.closed = gaps_between(std::move(targets));
    return plan;
}

}  // namespace tendril::process::detail
