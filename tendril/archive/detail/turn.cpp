#include <tendril/archive/detail/turn.hpp>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>

namespace tendril::archive::detail {

result<turn> turn::wait_for(std::string const& index)
{
    auto const path = index + ".lock";
    base::unique_fd lock{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
    if (!lock)
        return os_failure("open " + path);
    while (::flock(lock.get(), LOCK_EX) != 0)
        if (errno != EINTR)
            return os_failure("lock " + path);
    return turn(std::move(lock));
}

}  // namespace tendril::archive::detail
