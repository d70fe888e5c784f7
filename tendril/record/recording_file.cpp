#include <tendril/base/file.hpp>
#include <tendril/record/error.hpp>
#include <tendril/record/recording_file.hpp>

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

result<recording_file> recording_file::prepare(std::string path, asciicast_version version,
                                               environment_policy environment)
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
    return recording_file(std::move(file), std::move(path), from, asciicast_writer(version, environment));
}

recording_file::recording_file(base::unique_fd file, std::string path, origin from,
                               asciicast_writer writer) noexcept
    : file_(std::move(file)), path_(std::move(path)), origin_(from), writer_(std::move(writer))
{
}

recording_file::recording_file(recording_file&& other) noexcept
    : file_(std::move(other.file_)), path_(std::move(other.path_)), origin_(other.origin_),
      stage_(std::exchange(other.stage_, stage::closed)), writer_(std::move(other.writer_)),
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
    writer_.begin(from, waiting_);
    return flush();
}

result<void> recording_file::output(moment when, base::byte_view bytes)
{
    return append(when, [&] { writer_.output(when, bytes, waiting_); });
}

result<void> recording_file::input(moment when, base::byte_view bytes)
{
    return append(when, [&] { writer_.input(when, bytes, waiting_); });
}

result<void> recording_file::mark(moment when, std::string_view label)
{
    return append(when, [&] { writer_.mark(when, label, waiting_); });
}

result<void> recording_file::resize(moment when, screen_size size)
{
    return append(when, [&] { writer_.resize(when, size, waiting_); });
}

result<void> recording_file::exit(moment when, int status)
{
    return append(when, [&] { writer_.exit(when, status, waiting_); });
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
    result<void> outcome;
    if (stage_ == stage::begun) {
        writer_.finish(waiting_);
        outcome = flush();
    }
    stage_ = stage::closed;
    file_.reset();
    return outcome;
}

template <typename Append>
result<void> recording_file::append(moment when, Append&& append_lines)
{
    if (stage_ == stage::failed) {
        ++dropped_events_;
        return {};
    }
    if (stage_ != stage::begun)
        return failure(errc::not_begun, "record to " + path_);
    if (waiting_.empty())
        waiting_since_ = when;
    append_lines();
    ++waiting_events_;
    return waiting_.size() >= flush_bytes ? flush() : flush_if_due(when);
}

result<void> recording_file::flush()
{
    auto outcome = base::write_all(file_.get(), base::bytes_of(waiting_), path_);
    if (!outcome) {
        // What reached the disk may end in half a line; nothing may ever follow it.
        stage_ = stage::failed;
        dropped_events_ += waiting_events_;
    }
    waiting_.clear();
    waiting_events_ = 0;
    return outcome;
}

}  // namespace tendril::record
