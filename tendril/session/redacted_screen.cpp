#include <tendril/session/redacted_screen.hpp>

#include <utility>

namespace tendril::session {

redacted_screen::redacted_screen(expect::redactor what, term::grid_size size, term::terminal_limits limits)
    : what_(std::move(what)), screen_(size, limits)
{
}

void redacted_screen::output(moment /*when*/, base::byte_view bytes)
{
    what_.push(base::text_of(bytes), passed_);
    show();
}

void redacted_screen::resized(moment /*when*/, pty::window_size size)
{
    screen_.resize({size.columns, size.rows});
}

void redacted_screen::ended(moment /*when*/, process::exit_status /*how*/)
{
    what_.finish(passed_);
    show();
}

void redacted_screen::show()
{
    screen_.feed(base::bytes_of(passed_));
    passed_.clear();
    [[maybe_unused]] auto const unanswered = screen_.take_replies();  // the session's own emulator answers
}

}  // namespace tendril::session
