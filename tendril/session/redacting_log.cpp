#include <tendril/session/redacting_log.hpp>

#include <utility>

namespace tendril::session {

redacting_log::redacting_log(std::shared_ptr<log> to, expect::redactor what)
    : to_(std::move(to)), what_(std::move(what))
{
}

void redacting_log::output(moment when, base::byte_view bytes)
{
    what_.push(base::text_of(bytes), passed_);
    pass(when);
}

void redacting_log::resized(moment when, pty::window_size size)
{
    to_->resized(when, size);
}

void redacting_log::ended(moment when, process::exit_status how)
{
    what_.finish(passed_);
    pass(when);
    to_->ended(when, how);
}

void redacting_log::pass(moment when)
{
    if (!passed_.empty())
        to_->output(when, base::bytes_of(passed_));
    passed_.clear();
}

}  // namespace tendril::session
