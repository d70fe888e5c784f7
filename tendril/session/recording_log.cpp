#include <tendril/session/recording_log.hpp>

#include <chrono>
#include <utility>

namespace tendril::session {

namespace {

record::moment rounded(moment when)
{
    return std::chrono::duration_cast<record::moment>(when);
}

}  // namespace

recording_log::recording_log(io::executor on, record::recording_file begun,
                             std::optional<std::string> problem)
    : file_(std::move(begun)), problem_(std::move(problem)), flush_(on)
{
}

recording_log::~recording_log() = default;

void recording_log::output(moment when, base::byte_view bytes)
{
    note(when, file_.output(rounded(when), bytes));
}

void recording_log::resized(moment when, pty::window_size size)
{
    note(when, file_.resize(rounded(when), {size.columns, size.rows}));
}

void recording_log::ended(moment when, process::exit_status how)
{
    note(when, file_.exit(rounded(when), how.shell_code()));
}

void recording_log::close()
{
    flush_.cancel();
    if (auto outcome = file_.close(); !outcome && !problem_)
        problem_ = outcome.error().message();
}

std::optional<std::string> recording_log::problem() const
{
    if (!problem_ || file_.dropped_events() == 0)
        return problem_;
    return *problem_ + "; " + std::to_string(file_.dropped_events()) + " events are missing";
}

void recording_log::note(moment when, result<void> outcome)
{
    if (!outcome && !problem_)
        problem_ = outcome.error().message();
    flush_later(when);
}

void recording_log::flush_later(moment when)
{
    auto const due = file_.flush_due();
    if (!due || flush_armed_)
        return;
    flush_armed_ = true;
    flush_.expires_after(*due - rounded(when));
    flush_.async_wait([this, here = std::weak_ptr(here_), due = *due](error_code why) {
        if (why || here.expired())
            return;
        flush_armed_ = false;
        if (auto outcome = file_.flush_if_due(due); !outcome && !problem_)
            problem_ = outcome.error().message();
    });
}

}  // namespace tendril::session
