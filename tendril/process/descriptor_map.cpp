#include <tendril/process/descriptor_map.hpp>

#include <array>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace tendril::process {

descriptor_map standard_pipes()
{
    return {{0, connection::write()}, {1, connection::read()}, {2, connection::read()}};
}

std::expected<opened_pipes, spawn_error> open_pipes(descriptor_map const& map, std::string_view subject)
{
    opened_pipes opened;
    for (auto const& [number, far_end] : map) {
        if (far_end.what() == connection::kind::inherit) {
            opened.mappings.push_back({number, far_end.fd()});
            continue;
        }
        std::array<int, 2> raw{};
        if (::pipe2(raw.data(), O_CLOEXEC) < 0)
            return std::unexpected(make_spawn_error(step::descriptors, last_os_error(), subject));
        base::unique_fd reader(raw[0]);
        base::unique_fd writer(raw[1]);
        auto const we_read = far_end.what() == connection::kind::read;
        opened.theirs.push_back(std::move(we_read ? writer : reader));
        opened.ends.push_back({number, far_end.what(), std::move(we_read ? reader : writer)});
        opened.mappings.push_back({number, opened.theirs.back().get()});
    }
    return opened;
}

}  // namespace tendril::process
