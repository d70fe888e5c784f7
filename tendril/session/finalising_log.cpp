#include <tendril/session/finalising_log.hpp>

#include <utility>

#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

namespace tendril::session {

finalising_log::finalising_log(io::executor on, std::unique_ptr<recording_log> recording, finalising how)
    : on_(std::move(on)), recording_(std::move(recording)), how_(std::move(how))
{
}

finalising_log::~finalising_log()
{
    finish();
}

void finalising_log::output(moment when, base::byte_view bytes)
{
    if (recording_)
        recording_->output(when, bytes);
}

void finalising_log::resized(moment when, pty::window_size size)
{
    if (recording_)
        recording_->resized(when, size);
}

void finalising_log::ended(moment when, process::exit_status how)
{
    if (recording_)
        recording_->ended(when, how);
    finish();
}

std::optional<std::string> finalising_log::problem() const
{
    return recording_ ? recording_->problem() : problem_;
}

void finalising_log::finish()
{
    if (!recording_)
        return;
    recording_->close();
    problem_ = recording_->problem();
    recording_.reset();
    io::executor const back = asio::prefer(on_, asio::execution::outstanding_work.tracked);
    auto const background = how_.background;
    asio::post(background, [how = std::move(how_), back]() mutable {
        auto outcome = record::finalise(how.path, how.facts);
        if (how.on_done)
            asio::post(back, [done = std::move(how.on_done), outcome = std::move(outcome)]() mutable {
                done(std::move(outcome));
            });
    });
}

}  // namespace tendril::session
