#include <tendril/term/detail/frame_update.hpp>
#include <tendril/term/difference.hpp>

namespace tendril::term {

std::string difference(frame& client, terminal const& now, client_abilities const& can)
{
    return detail::frame_update(client, now, can).bytes();
}

}  // namespace tendril::term
