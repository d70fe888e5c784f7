#include <tendril/term/repaint.hpp>

#include <utility>

#include <apps/tendril/fitted_view.hpp>

namespace tendril::app {

void fitted_view::begin(term::grid_size size)
{
    seen_ = term::terminal(size, cutting);
    window_ = size;
    is_cut_ = false;
}

std::string fitted_view::show(std::string bytes, term::grid_size window)
{
    seen_.feed(base::bytes_of(bytes));
    bool const was_cut = std::exchange(is_cut_, window != seen_.size());
    bool const moved = std::exchange(window_, window) != window;
    if (!is_cut_)
        return was_cut || moved ? term::repaint_sequence(seen_) : std::move(bytes);
    if (!was_cut || moved) {
        cut_ = term::terminal(window, cutting);
        shown_.forget();
    }
    auto part = seen_;
    part.resize(window);
    cut_.feed(base::bytes_of(term::repaint_sequence(part)));
    return term::difference(shown_, cut_, can_);
}

}  // namespace tendril::app
