#include <tendril/syslog/this_process.hpp>

#include <array>

#include <unistd.h>

namespace tendril::syslog {

identity identity_of_this_process(facility from)
{
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0)
        host[0] = '\0';
    identity who;
    who.from = from;
    who.host = host.data();
    who.process = static_cast<std::uint32_t>(::getpid());
    return who;
}

}  // namespace tendril::syslog
