#include <tendril/process/handler.hpp>

namespace tendril::process {

void handler::data(int fd, base::byte_view bytes)
{
    if (fd == 1)
        stdout_data(bytes);
    else if (fd == 2)
        stderr_data(bytes);
}

void handler::closed(int fd)
{
    if (fd == 0)
        stdin_closed();
    else if (fd == 1)
        stdout_closed();
    else if (fd == 2)
        stderr_closed();
}

}  // namespace tendril::process
