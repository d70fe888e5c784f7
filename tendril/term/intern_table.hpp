#pragma once

/// @file
/// Values that cells refer to by number: kept once each, collected when no cell needs them any more.
/// Layer: term. Design: docs/layers/term.md, "What does not fit a cell".

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tendril::term {

/// Numbers from 1; 0 is "none". The owner asks wants_collection() now and then, and if so marks what is in
/// use and calls sweep(): the table then holds at most twice what was in use, never more than the capacity.
template <typename Value>
class intern_table {
public:
    /// @p capacity is the highest number ever given.
    explicit intern_table(std::uint32_t capacity) : capacity_(capacity) {}

    intern_table(intern_table&&) = default;
    intern_table& operator=(intern_table&&) = default;
    ~intern_table() = default;

    /// Copies with the same numbers. Not assignable from an lvalue: nobody needs it.
    intern_table(intern_table const& other)
        : capacity_(other.capacity_), threshold_(other.threshold_), sweeps_(other.sweeps_),
          numbers_(other.numbers_), values_(other.values_.size()), free_(other.free_)
    {
        for (auto entry = numbers_.begin(); entry != numbers_.end(); ++entry)
            values_[entry->second - 1] = entry;
    }

    /// The number of @p value; 0 when the table is full.
    [[nodiscard]] std::uint32_t number_of(Value const& value)
    {
        if (auto const known = numbers_.find(value); known != numbers_.end())
            return known->second;
        auto const number = free_.empty() ? static_cast<std::uint32_t>(values_.size() + 1) : free_.back();
        if (number > capacity_)
            return 0;
        auto const entry = numbers_.emplace(value, number).first;
        if (free_.empty())
            values_.push_back(entry);
        else {
            free_.pop_back();
            values_[number - 1] = entry;
        }
        return number;
    }

    /// The value of @p number, which number_of() gave and no sweep() has dropped.
    [[nodiscard]] Value const& operator[](std::uint32_t number) const
    {
        return (*values_[number - 1])->first;
    }

    [[nodiscard]] std::size_t size() const noexcept { return numbers_.size(); }

    /// How often sweep() was called: a number that was learnt before one may stand for another value now.
    [[nodiscard]] std::uint64_t sweeps() const noexcept { return sweeps_; }

    [[nodiscard]] bool wants_collection() const noexcept { return numbers_.size() >= threshold_; }

    /// Calls @p visit(number, value) for every value, by rising numbers.
    template <typename Visit>
    void for_each(Visit&& visit) const
    {
        for (std::size_t i = 0; i < values_.size(); ++i)
            if (values_[i])
                visit(static_cast<std::uint32_t>(i + 1), (*values_[i])->first);
    }

    void begin_marking() { marks_.assign(values_.size(), false); }
    void mark(std::uint32_t number)
    {
        if (number != 0)
            marks_[number - 1] = true;
    }

    /// Drops what is not marked since begin_marking().
    void sweep()
    {
        for (std::uint32_t i = 0; i < values_.size(); ++i) {
            if (marks_[i] || !values_[i])
                continue;
            numbers_.erase(*values_[i]);
            values_[i].reset();
            free_.push_back(i + 1);
        }
        ++sweeps_;
        threshold_ = std::max(first_threshold, std::min<std::size_t>(2 * numbers_.size(), capacity_));
    }

private:
    static constexpr std::size_t first_threshold = 16384;  // a collection walks every cell: not too often

    using index = std::map<Value, std::uint32_t>;

    std::uint32_t capacity_;
    std::size_t threshold_ = first_threshold;
    std::uint64_t sweeps_ = 0;
    index numbers_;
    std::vector<std::optional<typename index::iterator>> values_;
    std::vector<std::uint32_t> free_;
    std::vector<bool> marks_;
};

}  // namespace tendril::term
