#include <apps/tendril/command_line.hpp>
#include <apps/tendril/session_name.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

bool is_gone(error const& why) noexcept
{
    return why.code == boost::system::errc::no_such_file_or_directory ||
           why.code == boost::system::errc::connection_refused;  // it was killed and left its socket
}

int complain_about(std::string_view verb, std::string const& name, error const& why)
{
    namespace errc = boost::system::errc;
    if (is_gone(why))
        return complain(verb, "there is no session '" + name + "' (see tendril ls)", exit_no_session);
    if (why.code == errc::invalid_argument)
        return complain(
            verb, "'" + name + "' is no name of a session: letters, digits, '_', '-' and '.', at most 64",
            exit_usage);
    return complain(verb, why);
}

}  // namespace tendril::app
