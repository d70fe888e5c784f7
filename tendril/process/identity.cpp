#include <tendril/process/errc.hpp>
#include <tendril/process/identity.hpp>

#include <algorithm>
#include <cerrno>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <boost/system/system_category.hpp>

namespace tendril::process {

namespace {

// An entry is rarely beyond a kilobyte; somebody's broken directory must not make us take all memory.
constexpr std::size_t most_entry_bytes = 16 * 1024 * 1024;

// The kernel's NGROUPS_MAX: setgroups() refuses more.
constexpr int most_groups = 65536;

std::vector<gid_t> groups_of(::passwd const& entry)
{
    std::vector<gid_t> groups(32);
    for (;;) {
        auto count = static_cast<int>(groups.size());
        auto const fits = ::getgrouplist(entry.pw_name, entry.pw_gid, groups.data(), &count) >= 0;
        if (fits || count > most_groups) {
            groups.resize(static_cast<std::size_t>(std::min<int>(count, static_cast<int>(groups.size()))));
            return groups;
        }
        groups.resize(std::max(static_cast<std::size_t>(count), groups.size() * 2));
    }
}

/// @p look asks the database: getpwnam_r or getpwuid_r with its key bound.
template <typename Look>
result<identity> looked_up(Look look, std::string const& whom)
{
    ::passwd entry{};
    ::passwd* found = nullptr;
    std::vector<char> buffer(1024);
    int why = 0;
    while ((why = look(&entry, buffer.data(), buffer.size(), &found)) == ERANGE &&
           buffer.size() < most_entry_bytes)
        buffer.resize(buffer.size() * 2);
    if (found)
        return identity{entry.pw_uid, entry.pw_gid, groups_of(entry)};
    // POSIX lets "no such user" be 0 or one of these.
    if (why == 0 || why == ENOENT || why == ESRCH || why == EBADF || why == EPERM)
        return failure(errc::unknown_user, "look up user " + whom);
    return failure(error_code(why, boost::system::system_category()), "look up user " + whom);
}

}  // namespace

result<identity> identity_of(std::string const& name)
{
    return looked_up([&](::passwd* entry, char* buffer, std::size_t size,
                         ::passwd** found) { return ::getpwnam_r(name.c_str(), entry, buffer, size, found); },
                     name);
}

result<identity> identity_of(uid_t user)
{
    return looked_up([&](::passwd* entry, char* buffer, std::size_t size,
                         ::passwd** found) { return ::getpwuid_r(user, entry, buffer, size, found); },
                     std::to_string(user));
}

}  // namespace tendril::process
