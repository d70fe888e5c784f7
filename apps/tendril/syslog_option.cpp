#include <tendril/syslog/this_process.hpp>

#include <array>
#include <utility>

#include <pwd.h>
#include <unistd.h>

#include <apps/tendril/syslog_option.hpp>
#include <boost/system/errc.hpp>

namespace tendril::app {

namespace {

std::string user_name()
{
    ::passwd entry{};
    ::passwd* found = nullptr;
    std::array<char, 4096> text;
    if (::getpwuid_r(::geteuid(), &entry, text.data(), text.size(), &found) == 0 && found)
        return found->pw_name;
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
