#include <tendril/record/open_recording.hpp>

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tendril::record {

open_recording::open_recording(int descriptor, std::string name, typescript_companions companions)
    : from_(descriptor), name_(name), reader_(std::move(name), std::move(companions))
{
}

result<open_recording> open_recording::open(std::string const& path, typescript_companions companions)
{
    base::unique_fd opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened)
        return os_failure("open " + path);
    open_recording made(opened.get(), path, std::move(companions));
    made.owned_ = std::move(opened);
    return made;
}

result<std::optional<event>> open_recording::next()
{
    for (;;) {
        auto got = reader_.next();
        if (!got || *got || is_done_)
            return got;
        std::array<char, 64 * 1024> chunk;
        auto const count = ::read(from_, chunk.data(), chunk.size());
        if (count < 0 && errno != EINTR)
            return os_failure("read " + name_);
        if (count > 0) {
            reader_.push({chunk.data(), static_cast<std::size_t>(count)});
        } else if (count == 0) {
            is_done_ = true;
            reader_.finish();
        }
    }
}

}  // namespace tendril::record
