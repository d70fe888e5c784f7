#pragma once

/// @file
/// Where HT stops. Layer: term. Spec: ECMA-48 HTS, TBC, CHT, CBT; DECST8C.

#include <vector>

namespace tendril::term::detail {

/// Tab stops by column; every eighth at first.
class tab_stops {
public:
    explicit tab_stops(int columns) { set_columns(columns); }

    /// Takes a new width; columns that are new have the default stops.
    void set_columns(int columns)
    {
        for (int column = static_cast<int>(stops_.size()); column < columns; ++column)
            stops_.push_back(column % 8 == 0);
        stops_.resize(static_cast<std::size_t>(columns));
    }

    void every_eighth()
    {
        for (std::size_t column = 0; column < stops_.size(); ++column)
            stops_[column] = column % 8 == 0;
    }

    void set(int column) { stops_[static_cast<std::size_t>(column)] = true; }
    void clear(int column) { stops_[static_cast<std::size_t>(column)] = false; }
    void clear_all() { stops_.assign(stops_.size(), false); }
    [[nodiscard]] bool at(int column) const { return stops_[static_cast<std::size_t>(column)]; }

    /// The next stop right of @p column, or @p limit when none comes before it.
    [[nodiscard]] int after(int column, int limit) const
    {
        do
            ++column;
        while (column < limit && !at(column));
        return column < limit ? column : limit;
    }

    /// The next stop left of @p column, or @p limit when none comes before it.
    [[nodiscard]] int before(int column, int limit) const
    {
        do
            --column;
        while (column > limit && !at(column));
        return column > limit ? column : limit;
    }

private:
    std::vector<bool> stops_;
};

}  // namespace tendril::term::detail
