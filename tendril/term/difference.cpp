#include <tendril/term/detail/frame_update.hpp>
#include <tendril/term/difference.hpp>

namespace tendril::term {

std::string difference(frame& client, terminal const& now, client_abilities const& can)
{
    if (detail::frame_update::is_current(client, now))
        return {};
    return detail::frame_update(client, now, can).bytes();
}

}  // namespace tendril::term
