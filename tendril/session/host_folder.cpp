#include <tendril/session/host_folder.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/system/errc.hpp>

namespace tendril::session {

namespace {

namespace errc = boost::system::errc;

constexpr int backlog = 64;
constexpr std::size_t longest_name = 64;

/// Opens the folder at @p path if it is one, ours, and closed to others.
result<base::unique_fd> opened_folder(std::string const& path)
{
    base::unique_fd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder)
        return os_failure("open " + path);
    struct ::stat found{};
    if (::fstat(folder.get(), &found) != 0)
        return os_failure("look at " + path);
    if (found.st_uid != ::geteuid() || (found.st_mode & 077) != 0)
        return failure(make_error_code(errc::permission_denied),
                       "use " + path + ", which must be ours and closed to others (mode 0700)");
    return folder;
}

/// Locked as long as the descriptor is open.
result<base::unique_fd> locked_folder(std::string const& path)
{
    auto folder = opened_folder(path);
    if (!folder)
        return folder;
    int locked = 0;
    do
        locked = ::flock(folder->get(), LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked != 0)
        return os_failure("lock " + path);
    return folder;
}

result<::sockaddr_un> address_of(std::string const& path)
{
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return failure(make_error_code(errc::filename_too_long), "use the socket " + path);
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

result<base::unique_fd> new_socket()
{
    base::unique_fd made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!made)
        return os_failure("make a socket");
    return made;
}

::sockaddr const* generic(::sockaddr_un const& address) noexcept
{
    return reinterpret_cast<::sockaddr const*>(&address);
}

result<base::unique_fd> connected(std::string const& path)
{
    auto const address = address_of(path);
    if (!address)
        return std::unexpected(address.error());
    auto made = new_socket();
    if (made && ::connect(made->get(), generic(*address), sizeof *address) != 0)
        return os_failure("connect to " + path);
    return made;
}

/// Makes room for a new socket: removes one that nobody listens at. Call it with the folder locked.
result<void> remove_stale(std::string const& path)
{
    struct ::stat found{};
    if (::lstat(path.c_str(), &found) != 0) {
        if (errno == ENOENT)
            return {};
        return os_failure("look at " + path);
    }
    if (!S_ISSOCK(found.st_mode))
        return failure(make_error_code(errc::file_exists), "listen at " + path);
    auto const somebody = connected(path);
    if (somebody || somebody.error().code != errc::connection_refused)
        return failure(make_error_code(errc::address_in_use), "listen at " + path);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return os_failure("remove " + path);
    return {};
}

}  // namespace

claimed_name::claimed_name(base::unique_fd listener, std::string folder, std::string path, dev_t device,
                           ino_t inode)
    : listener_(std::move(listener)), folder_(std::move(folder)), path_(std::move(path)), device_(device),
      inode_(inode)
{
}

claimed_name::claimed_name(claimed_name&& other) noexcept = default;

claimed_name& claimed_name::operator=(claimed_name&& other) noexcept
{
    release();
    listener_ = std::move(other.listener_);
    folder_ = std::move(other.folder_);
    path_ = std::move(other.path_);
    device_ = other.device_;
    inode_ = other.inode_;
    return *this;
}

claimed_name::~claimed_name()
{
    release();
}

void claimed_name::release() noexcept
{
    if (!listener_)
        return;
    auto const lock = locked_folder(folder_);
    listener_.reset();
    struct ::stat found{};
    if (lock && ::lstat(path_.c_str(), &found) == 0 && found.st_dev == device_ && found.st_ino == inode_)
        ::unlink(path_.c_str());
}

std::string host_folder::usual_path()
{
    auto const* runtime = std::getenv("XDG_RUNTIME_DIR");
    struct ::stat found{};
    // After su or sudo the variable may still name another user's directory.
    if (runtime && *runtime == '/' && ::stat(runtime, &found) == 0 && found.st_uid == ::geteuid())
        return std::string(runtime) + "/tendril";
    return "/tmp/tendril-" + std::to_string(::geteuid());
}

result<host_folder> host_folder::open(std::string path)
{
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return os_failure("make the folder " + path);
    auto const folder = opened_folder(path);
    if (!folder)
        return std::unexpected(folder.error());
    return host_folder(std::move(path));
}

bool host_folder::is_name(std::string_view text) noexcept
{
    auto const is_usual = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !text.empty() && text.size() <= longest_name && is_usual(text.front()) &&
           std::ranges::all_of(text, [&](char c) { return is_usual(c) || c == '-' || c == '.'; });
}

result<claimed_name> host_folder::claim(std::string_view name) const
{
    if (!is_name(name))
        return failure(make_error_code(errc::invalid_argument), "call a session '" + std::string(name) + "'");
    auto const path = path_ + "/" + std::string(name);
    auto const address = address_of(path);
    if (!address)
        return std::unexpected(address.error());
    auto const lock = locked_folder(path_);
    if (!lock)
        return std::unexpected(lock.error());
    if (auto room = remove_stale(path); !room)
        return std::unexpected(std::move(room.error()));
    auto listener = new_socket();
    if (!listener)
        return std::unexpected(std::move(listener.error()));
    if (::bind(listener->get(), generic(*address), sizeof *address) != 0)
        return os_failure("listen at " + path);
    struct ::stat made{};
    // Still locked: whoever finds a socket that nobody listens at may take it for stale.
    if (::lstat(path.c_str(), &made) != 0 || ::chmod(path.c_str(), 0600) != 0 ||
        ::listen(listener->get(), backlog) != 0) {
        auto refused = os_failure("listen at " + path);
        ::unlink(path.c_str());
        return refused;
    }
    return claimed_name(std::move(*listener), path_, path, made.st_dev, made.st_ino);
}

result<base::unique_fd> host_folder::connect(std::string_view name) const
{
    if (!is_name(name))
        return failure(make_error_code(errc::invalid_argument),
                       "connect to a session '" + std::string(name) + "'");
    auto const path = path_ + "/" + std::string(name);
    auto made = connected(path);
    if (made && !peer_is_ours(made->get()))
        return failure(make_error_code(errc::permission_denied), "trust who listens at " + path);
    return made;
}

result<std::vector<std::string>> host_folder::names() const
{
    std::vector<std::string> found;
    std::error_code why;
    for (std::filesystem::directory_iterator each(path_, why), end; !why && each != end;
         each.increment(why)) {
        std::error_code gone;  // between the listing and the look
        auto name = each->path().filename().string();
        if (is_name(name) && each->symlink_status(gone).type() == std::filesystem::file_type::socket)
            found.push_back(std::move(name));
    }
    if (why)
        return failure(error_code(why.value(), boost::system::system_category()), "list " + path_);
    std::ranges::sort(found);
    return found;
}

bool peer_is_ours(int socket) noexcept
{
    ::ucred peer{};
    ::socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

}  // namespace tendril::session
