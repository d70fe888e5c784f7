#include <tendril/syslog/this_process.hpp>

#include <cstdlib>
#include <utility>

#include <unistd.h>

#include <apps/tendril/syslog_option.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

namespace {

/// Not from the list of users: a static program cannot load what reads it.
std::string user_name()
{
    for (auto const* variable : {"LOGNAME", "USER"})
        if (auto const* name = std::getenv(variable); name && *name)
            return name;
    return std::to_string(::geteuid());
}

}  // namespace

result<syslog_plan> parse_syslog(std::string const& address, std::string const& facility)
{
    auto to = syslog::parse_endpoint(address);
    if (!to)
        return std::unexpected(std::move(to.error()));
    auto const from = syslog::parse_facility(facility);
    if (!from)
        return failure(make_error_code(boost::system::errc::invalid_argument),
                       "send as the facility '" + facility + "'");
    auto who = syslog::identity_of_this_process(*from);
    who.user = user_name();
    who.terminal = "run";
    return syslog_plan{std::move(*to), std::move(who)};
}

}  // namespace tendril::app
