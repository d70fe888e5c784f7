#pragma once

/// @file
/// The private folder in which the sockets of hosted sessions lie, one a name.
/// Layer: session (base). Spec: unix(7); XDG Base Directory Specification, XDG_RUNTIME_DIR; docs/adr/0026.

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace tendril::session {

/// A name that is ours as long as the object lives: a listening socket under it.
///
/// Ownership: owns the socket; the destructor closes it and removes its file, unless somebody else has taken
///            the name meanwhile. A process that dies without it leaves a stale file, which claim() removes.
class claimed_name {
public:
    claimed_name(claimed_name&& other) noexcept;
    claimed_name& operator=(claimed_name&& other) noexcept;
    ~claimed_name();

    /// The listening socket, non-blocking. Lifetime: the object's.
    [[nodiscard]] int listener() const noexcept { return listener_.get(); }

private:
    friend class host_folder;
    claimed_name(base::unique_fd listener, std::string folder, std::string path, dev_t device, ino_t inode);
    void release() noexcept;

    base::unique_fd listener_;
    std::string folder_;
    std::string path_;
    dev_t device_;
    ino_t inode_;
};

/// The folder, checked to be ours alone. Blocking, but never for longer than another process holds the lock
/// for a few system calls.
///
/// Threads: safe from any thread; the lock is on the folder itself, so it holds among processes too.
class host_folder {
public:
    /// $XDG_RUNTIME_DIR/tendril where that directory is ours, else /tmp/tendril-UID.
    [[nodiscard]] static std::string usual_path();

    /// Opens @p path, which is made if it is not there.
    /// Errors: permission_denied when it is somebody else's, or others may enter it; not_a_directory, also
    ///         for a symbolic link; the errno of the call that failed.
    [[nodiscard]] static result<host_folder> open(std::string path = usual_path());

    /// True for 1 to 64 letters, digits, `_`, `-` and `.`, beginning with none of the latter two.
    [[nodiscard]] static bool is_name(std::string_view text) noexcept;

    /// Listens under @p name. Of several who try at once, one succeeds. A stale socket is replaced.
    /// Errors: address_in_use when a session has that name; file_exists when something is there that is no
    ///         socket; invalid_argument when it is no name; the errno of the call that failed.
    [[nodiscard]] result<claimed_name> claim(std::string_view name) const;

    /// A non-blocking connection to the session @p name, whose process has our user id.
    /// Errors: no_such_file_or_directory when there is none, connection_refused when it left a stale socket,
    ///         permission_denied when it is not ours; resource_unavailable_try_again when it is overrun.
    [[nodiscard]] result<base::unique_fd> connect(std::string_view name) const;

    /// What is there, stale or not, in alphabetical order. Errors: the errno of the call that failed.
    [[nodiscard]] result<std::vector<std::string>> names() const;

    [[nodiscard]] std::string const& path() const noexcept { return path_; }

private:
    explicit host_folder(std::string path) noexcept : path_(std::move(path)) {}

    std::string path_;
};

/// True when the process at the other end of @p socket has our effective user id, as the kernel knows it.
[[nodiscard]] bool peer_is_ours(int socket) noexcept;

}  // namespace tendril::session
