#include <tendril/base/file.hpp>
#include <tendril/base/unique_fd.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tendril::base {

namespace {

void wait_until_writable(int fd) noexcept
{
    pollfd waiting{fd, POLLOUT, 0};
    ::poll(&waiting, 1, -1);
}

mode_t mode_of_replacement(std::string const& path) noexcept
{
    struct stat old{};
    if (::stat(path.c_str(), &old) == 0 && S_ISREG(old.st_mode))
        return old.st_mode & 07777;
    auto const mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

bool is_regular_or_absent(std::string const& path) noexcept
{
    struct stat old{};
    return ::stat(path.c_str(), &old) < 0 || S_ISREG(old.st_mode);
}

}  // namespace

result<std::string> read_file(std::string const& path, std::size_t limit_bytes)
{
    unique_fd const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        return os_failure("open " + path);
    return read_to_end(file.get(), path, limit_bytes);
}

result<std::string> read_to_end(int fd, std::string_view name, std::size_t limit_bytes)
{
    std::string content;
    std::array<char, 64 * 1024> chunk;
    for (;;) {
        auto const count = ::read(fd, chunk.data(), chunk.size());
        if (count == 0)
            return content;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return os_failure("read " + std::string(name));
        content.append(chunk.data(), static_cast<std::size_t>(count));
        if (content.size() > limit_bytes)
            return failure(make_error_code(boost::system::errc::file_too_large),
                           "read " + std::string(name) + ", more than " + std::to_string(limit_bytes) +
                               " bytes");
    }
}

result<void> write_all(int fd, byte_view bytes, std::string_view name)
{
    while (!bytes.empty()) {
        auto const count = ::write(fd, bytes.data(), bytes.size());
        if (count >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        else if (errno == EAGAIN)
            wait_until_writable(fd);
        else if (errno != EINTR)
            return os_failure("write " + std::string(name));
    }
    return {};
}

result<void> replace_file(std::string const& path, std::string_view content)
{
    if (!is_regular_or_absent(path)) {  // a device or a pipe is written to, not replaced
        unique_fd const target(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (!target)
            return os_failure("open " + path);
        return write_all(target.get(), bytes_of(content), path);
    }

    auto const mode = mode_of_replacement(path);
    std::string temporary = path + ".XXXXXX";
    unique_fd file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file)
        return os_failure("create " + path);

    auto outcome = write_all(file.get(), bytes_of(content), path);
    if (outcome && ::fchmod(file.get(), mode) < 0)
        outcome = os_failure("set the mode of " + path);
    if (outcome && ::rename(temporary.c_str(), path.c_str()) < 0)
        outcome = os_failure("replace " + path);
    if (!outcome)
        ::unlink(temporary.c_str());
    return outcome;
}

}  // namespace tendril::base
