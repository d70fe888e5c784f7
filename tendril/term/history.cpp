#include <tendril/term/history.hpp>

namespace tendril::term {

void history::push(row const& line)
{
    ++pushed_;
    if (limit_lines_ == 0)
        return;
    if (lines_.size() < limit_lines_) {
        lines_.push_back(line);
        return;
    }
    lines_[first_] = line;
    first_ = (first_ + 1) % lines_.size();
}

void history::read(std::size_t index, row& into) const
{
    if (index < lines_.size())
        into = lines_[slot_of(index)];
    else
        into.clear({});
}

bool history::wrapped(std::size_t index) const noexcept
{
    return index < lines_.size() && lines_[slot_of(index)].wrapped();
}

void history::clear() noexcept
{
    lines_.clear();
    lines_.shrink_to_fit();
    first_ = 0;
}

}  // namespace tendril::term
