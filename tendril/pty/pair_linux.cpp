#include <tendril/pty/pair.hpp>
#include <tendril/pty/termios.hpp>

#include <array>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/ioctl.h>

namespace tendril::pty {

result<pair> open(pair_options const& options)
{
    base::unique_fd master(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!master)
        return os_failure("open a terminal: posix_openpt");
    int const unlocked = 0;
    if (::ioctl(master.get(), TIOCSPTLCK, &unlocked) < 0)
        return os_failure("open a terminal: unlock");

    // TIOCGPTPEER needs no path, so it works where /dev/pts is another mount namespace's.
    base::unique_fd slave(::ioctl(master.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!slave)
        return os_failure("open a terminal: TIOCGPTPEER");
    std::array<char, 64> path{};
    if (::ptsname_r(master.get(), path.data(), path.size()) != 0)
        return os_failure("open a terminal: ptsname");

    if (auto sized = set_window_size(master.get(), options.size); !sized)
        return std::unexpected(std::move(sized.error()));
    if (options.attributes)
        if (auto set = set_attributes(slave.get(), *options.attributes); !set)
            return std::unexpected(std::move(set.error()));
    return pair{std::move(master), std::move(slave), path.data()};
}

}  // namespace tendril::pty
