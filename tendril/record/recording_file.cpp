#include <tendril/base/file.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/gzip.hpp>
#include <tendril/record/recording_file.hpp>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tendril::record {

namespace {

constexpr int open_flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY;

bool is_regular(int fd) noexcept
{
    struct stat about{};
    return ::fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

}  // namespace

result<recording_file> recording_file::prepare(std::string path, format to, environment_policy environment)
{
    auto from = origin::created;
    base::unique_fd file(::open(path.c_str(), open_flags | O_CREAT | O_EXCL, 0600));
    if (!file && errno == EEXIST) {
        from = origin::existed;
        file.reset(::open(path.c_str(), open_flags));
    }
    if (!file)
        return os_failure("write " + path);
    // A pipe or a device has no lock worth having.
    if (is_regular(file.get()) && ::flock(file.get(), LOCK_EX | LOCK_NB) < 0)
        return os_failure("record to " + path + ", as another recorder may be doing");
    return recording_file(std::move(file), std::move(path), from, to, environment);
}

recording_file::recording_file(base::unique_fd file, std::string path, origin from, format to,
                               environment_policy environment)
    : file_(std::move(file)), path_(std::move(path)), origin_(from), writer_(make_writer(to, environment)),
      is_packed_(to == format::golog)
{
}

recording_file::recording_file(recording_file&& other) noexcept
    : file_(std::move(other.file_)), path_(std::move(other.path_)), origin_(other.origin_),
      stage_(std::exchange(other.stage_, stage::closed)), writer_(std::move(other.writer_)),
      head_(std::move(other.head_)), is_packed_(other.is_packed_), has_header_(other.has_header_),
      has_complained_(other.has_complained_), whole_bytes_(other.whole_bytes_),
      missing_events_(other.missing_events_), reason_(std::move(other.reason_)), retry_at_(other.retry_at_),
      waiting_(std::exchange(other.waiting_, {})), waiting_since_(other.waiting_since_),
      waiting_events_(other.waiting_events_), dropped_events_(other.dropped_events_)
{
}

recording_file& recording_file::operator=(recording_file&& other) noexcept
{
    if (this != &other) {
        std::destroy_at(this);
        std::construct_at(this, std::move(other));
    }
    return *this;
}

recording_file::~recording_file()
{
    if (stage_ == stage::prepared && origin_ == origin::created)
        ::unlink(path_.c_str());
    static_cast<void>(close());  // whoever wants to know what failed calls it before
}

result<void> recording_file::begin(header const& from)
{
    if (stage_ != stage::prepared)
        return {};
    if (is_regular(file_.get()) && ::ftruncate(file_.get(), 0) < 0)
        return os_failure("empty " + path_);
    stage_ = stage::begun;
    head_ = from;
    writer_->begin(head_, waiting_);
    return flush();
}

result<void> recording_file::output(moment when, base::byte_view bytes)
{
    return append(when, [&] { writer_->output(when, bytes, waiting_); });
}

result<void> recording_file::input(moment when, base::byte_view bytes)
{
    return write({when, event_kind::input, std::string(base::text_of(bytes))});
}

result<void> recording_file::mark(moment when, std::string_view label)
{
    return write({when, event_kind::marker, std::string(label)});
}

result<void> recording_file::resize(moment when, screen_size size)
{
    return write({when, event_kind::resize, to_string(size), size});
}

result<void> recording_file::exit(moment when, int status)
{
    return write({when, event_kind::exit, std::to_string(status)});
}

result<void> recording_file::write(event const& happened)
{
    return append(happened.time, [&] { writer_->write(happened, waiting_); });
}

std::optional<moment> recording_file::flush_due() const noexcept
{
    if (waiting_.empty())
        return std::nullopt;
    return waiting_since_ + flush_after;
}

result<void> recording_file::flush_if_due(moment now)
{
    auto const due = flush_due();
    return due && now >= *due ? flush() : result<void>{};
}

result<void> recording_file::close()
{
    if (stage_ == stage::interrupted)
        start_again(retry_at_);
    result<void> outcome;
    if (stage_ == stage::begun) {
        writer_->finish(waiting_);
        outcome = flush();
    }
    stage_ = stage::closed;
    file_.reset();
    return outcome;
}

template <typename Append>
result<void> recording_file::append(moment when, Append&& append_lines)
{
    if (stage_ == stage::interrupted && when >= retry_at_) {
        retry_at_ = when + flush_after;
        start_again(when);
    }
    if (stage_ == stage::failed || stage_ == stage::interrupted) {
        ++dropped_events_;
        ++missing_events_;
        return {};
    }
    if (stage_ != stage::begun)
        return failure(errc::not_begun, "record to " + path_);
    if (waiting_.empty())
        waiting_since_ = when;
    append_lines();
    ++waiting_events_;
    if (waiting_.size() >= (is_packed_ ? packed_flush_bytes : flush_bytes))
        return flush();
    return flush_if_due(when);
}

/// Tries whether there is room again, with what is missing as the first thing to say.
void recording_file::start_again(moment when)
{
    stage_ = stage::begun;
    if (!has_header_)
        writer_->begin(head_, waiting_);
    writer_->write(
        {when, event_kind::gap, std::to_string(missing_events_) + " events are missing: " + reason_},
        waiting_);
    static_cast<void>(flush());  // said already
    if (stage_ == stage::begun)
        missing_events_ = 0;
}

result<void> recording_file::flush()
{
    if (waiting_.empty())
        return {};
    auto const packed = is_packed_ ? gzip_member(waiting_) : std::string();
    std::string_view const bytes = is_packed_ ? packed : waiting_;
    auto outcome = base::write_all(file_.get(), base::bytes_of(bytes), path_);
    if (outcome) {
        whole_bytes_ += bytes.size();
        has_header_ = true;
        writer_->commit();
    } else {
        interrupt(outcome.error());
    }
    waiting_.clear();
    waiting_events_ = 0;
    if (!outcome && std::exchange(has_complained_, true))
        return {};
    return outcome;
}

/// What reached the disk may end in half a record; nothing may ever follow it.
void recording_file::interrupt(error const& why)
{
    bool const can_go_on =
        is_regular(file_.get()) && ::ftruncate(file_.get(), static_cast<off_t>(whole_bytes_)) == 0;
    stage_ = can_go_on ? stage::interrupted : stage::failed;
    retry_at_ = std::max(retry_at_, waiting_since_ + flush_after);
    dropped_events_ += waiting_events_;
    missing_events_ += waiting_events_;
    reason_ = why.code.message();
    writer_->rewind();
}

}  // namespace tendril::record
