#include <tendril/term/screen_watch.hpp>

#include <utility>

namespace tendril::term {

screen_watch::screen_watch(terminal const& now)
    : generation_(now.generation()), pushed_(now.scrollback().pushed()), size_(now.size()),
      shown_(now.shown()), cursor_(now.cursor())
{
}

screen_change screen_watch::changes(terminal const& now)
{
    if (now.generation() == generation_)
        return {};
    auto const before = std::exchange(*this, screen_watch(now));
    screen_change what;
    what.cells = size_ != before.size_ || shown_ != before.shown_;
    for (int y = 0; y < size_.rows && !what.cells; ++y)
        what.cells = now.line(y).generation() > before.generation_;
    what.cursor = !(cursor_ == before.cursor_);
    what.scrolled = pushed_ - before.pushed_;
    what.cells = what.cells || what.scrolled != 0;
    return what;
}

}  // namespace tendril::term
