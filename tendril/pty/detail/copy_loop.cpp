#include <tendril/io/read_now.hpp>
#include <tendril/process/reap.hpp>
#include <tendril/pty/detail/copy_loop.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/pty/window_size.hpp>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tendril::pty::detail {

namespace {

constexpr std::size_t chunk_bytes = 16 * 1024;

// Our output is somebody else's descriptor and stays blocking. poll() promises that this many bytes fit, on a
// pipe as on a terminal, so a write of no more does not block the other direction.
constexpr std::size_t safe_write_bytes = PIPE_BUF;

bool is_transient(int why) noexcept
{
    return why == EAGAIN || why == EINTR;
}

}  // namespace

base::byte_view copy_queue::rest() const noexcept
{
    return base::bytes_of(waiting).subspan(written);
}

void copy_queue::push(std::string_view bytes)
{
    if (written > 0) {
        waiting.erase(0, written);
        written = 0;
    }
    waiting += bytes;
}

void copy_queue::pop(std::size_t count) noexcept
{
    written += count;
    if (empty()) {
        waiting.clear();
        written = 0;
    }
}

void copy_queue::shut() noexcept
{
    waiting.clear();
    written = 0;
    ended = true;
}

copy_loop::copy_loop(base::unique_fd master, process::spawned& program, spawn_ends ends,
                     chunk_filter master_read, chunk_filter stdin_read)
    : master_(std::move(master)), program_(&program), ends_(ends), filter_output_(std::move(master_read)),
      filter_input_(std::move(stdin_read)), slices_(::termios{})
{
    // Ours alone: nobody shares the open file description of a fresh master.
    ::fcntl(master_.get(), F_SETFL, ::fcntl(master_.get(), F_GETFL) | O_NONBLOCK);
    refresh_attributes();
}

result<process::exit_status> copy_loop::run(resize_watch& resized)
{
    follow_size();
    if (ends_.input < 0)
        end_input();
    while (!finished()) {
        auto polled = interests(resized);
        if (::poll(polled.data(), polled.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return os_failure("wait for the terminal");
        }
        if (polled[at_resize].revents != 0) {
            resized.acknowledge();
            follow_size();
        }
        if (polled[at_master].revents & (POLLIN | POLLHUP | POLLERR))
            read_master();
        if (polled[at_master].revents & POLLOUT)
            write_master();
        if (polled[at_input].revents != 0)
            read_input();
        if (polled[at_output].revents != 0)
            if (auto wrote = write_output(); !wrote)
                return std::unexpected(std::move(wrote.error()));
        if (polled[at_program].revents != 0)
            see_end();
        if (over_)
            read_master();
    }
    if (lost_)
        return failure(lost_, "learn how the program ended");
    return status_;
}

/// A negative descriptor is one that poll() leaves out.
std::array<::pollfd, copy_loop::places> copy_loop::interests(resize_watch const& resized) const noexcept
{
    auto const only = [](bool wanted, int fd, short events) { return ::pollfd{wanted ? fd : -1, events, 0}; };
    short master_events = 0;
    if (to_output_.has_room())
        master_events |= POLLIN;
    if (!to_program_.empty())
        master_events |= POLLOUT;
    std::array<::pollfd, places> polled;
    polled[at_input] = only(master_ && !to_program_.ended && to_program_.has_room(), ends_.input, POLLIN);
    polled[at_output] = only(!to_output_.empty(), ends_.output, POLLOUT);
    polled[at_master] = only(master_ && master_events != 0, master_.get(), master_events);
    polled[at_program] = only(!over_, program_->pidfd.get(), POLLIN);
    polled[at_resize] = only(true, resized.descriptor(), POLLIN);
    return polled;
}

void copy_loop::read_input()
{
    std::array<std::byte, chunk_bytes> chunk;
    auto const count = ::read(ends_.input, chunk.data(), chunk.size());
    if (count < 0 && is_transient(errno))
        return;
    if (count <= 0) {  // a terminal that was hung up reads as an error: an end like any other
        end_input();
        return;
    }
    auto const seen = base::byte_view(chunk).first(static_cast<std::size_t>(count));
    std::string changed;
    if (filter_input_) {
        changed = filter_input_(seen);
        if (changed.empty()) {
            end_input();
            return;
        }
    } else {
        changed = base::text_of(seen);
    }
    refresh_attributes();
    to_program_.push(canonical_ ? slices_.slice(base::bytes_of(changed)) : changed);
}

/// A terminal has no end of file but a character. In raw mode it is sent as well: that is what line editors,
/// which read in raw mode, understand.
void copy_loop::end_input()
{
    refresh_attributes();
    to_program_.push(slices_.end());
    to_program_.ended = true;
}

void copy_loop::refresh_attributes()
{
    auto const now = attributes_of(master_.get());
    if (!now)
        return;
    if (canonical_ == is_canonical(*now))
        slices_.adopt(*now);
    else
        slices_ = canonical_slices(*now);
    canonical_ = is_canonical(*now);
}

void copy_loop::read_master()
{
    std::array<std::byte, chunk_bytes> chunk;
    while (master_ && to_output_.has_room()) {
        error_code why;
        auto const count = io::read_now(master_.get(), chunk, why);
        if (why == boost::system::errc::operation_would_block && !over_)
            return;
        if (why) {
            // No slave is open any more. Dry after the end: somebody that the program left behind holds the
            // terminal, and nothing of the program itself is missing.
            master_.reset();
            to_program_.shut();
            return;
        }
        auto const seen = base::byte_view(chunk).first(count);
        if (output_unwanted_)
            continue;
        if (!filter_output_) {
            to_output_.push(base::text_of(seen));
        } else if (auto const changed = filter_output_(seen); !changed.empty()) {
            to_output_.push(changed);
        } else {
            output_unwanted_ = true;
        }
    }
}

void copy_loop::write_master()
{
    if (!master_ || to_program_.empty())
        return;
    auto const rest = to_program_.rest();
    auto const count = ::write(master_.get(), rest.data(), rest.size());
    if (count >= 0)
        to_program_.pop(static_cast<std::size_t>(count));
    else if (!is_transient(errno))
        to_program_.shut();  // nobody reads any more; the end of output follows
}

result<void> copy_loop::write_output()
{
    auto const rest = to_output_.rest();
    auto const count = ::write(ends_.output, rest.data(), std::min(rest.size(), safe_write_bytes));
    if (count >= 0)
        to_output_.pop(static_cast<std::size_t>(count));
    else if (!is_transient(errno))
        return os_failure("write the program's output");
    return {};
}

void copy_loop::see_end()
{
    auto const seen = process::try_reap(program_->pidfd.get());
    if (!seen.over)
        return;
    over_ = true;
    status_ = seen.status;
    lost_ = seen.lost;
    program_->pidfd.reset();
}

void copy_loop::follow_size()
{
    auto ours = window_size_of(ends_.input);
    if (!ours)
        ours = window_size_of(ends_.output);
    if (ours && master_)
        // It fails only for a master that is closing, whose program needs no size.
        static_cast<void>(set_window_size(master_.get(), *ours));
}

bool copy_loop::finished() const noexcept
{
    return over_ && !master_ && to_output_.empty();
}

}  // namespace tendril::pty::detail
