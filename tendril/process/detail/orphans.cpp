#include <tendril/process/detail/orphans.hpp>
#include <tendril/process/reap.hpp>

#include <mutex>
#include <utility>
#include <vector>

#include <poll.h>

namespace tendril::process::detail {

namespace {

constexpr int patience_ms = 200;  // a kill takes microseconds, unless the process hangs in the kernel

struct waiting_room {
    std::mutex guard;
    std::vector<base::unique_fd> pidfds;
};

waiting_room& orphans()
{
    static waiting_room room;
    return room;
}

}  // namespace

void reap_soon(base::unique_fd pidfd)
{
    ::pollfd until_ended{pidfd.get(), POLLIN, 0};
    ::poll(&until_ended, 1, patience_ms);
    if (try_reap(pidfd.get()).over)
        return;
    auto& room = orphans();
    std::scoped_lock const lock(room.guard);
    room.pidfds.push_back(std::move(pidfd));
}

void reap_orphans()
{
    auto& room = orphans();
    std::scoped_lock const lock(room.guard);
    std::erase_if(room.pidfds, [](base::unique_fd const& each) { return try_reap(each.get()).over; });
}

}  // namespace tendril::process::detail
