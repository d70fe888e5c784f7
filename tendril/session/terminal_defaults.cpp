#include <tendril/pty/pair.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/session/detail/terminal_defaults.hpp>

#include <utility>

namespace tendril::session::detail {

result<::termios> usual_attributes()
{
    auto const fresh = pty::open();
    if (!fresh)
        return std::unexpected(fresh.error());
    auto settings = pty::attributes_of(fresh->master.get());
    if (settings)
        settings->c_iflag |= IUTF8;
    return settings;
}

}  // namespace tendril::session::detail
