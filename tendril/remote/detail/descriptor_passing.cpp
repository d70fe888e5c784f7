#include <tendril/remote/detail/descriptor_passing.hpp>

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace tendril::remote::detail {

namespace {

constexpr std::size_t most_descriptors = 4;
constexpr std::size_t most_words = 1024;

union control_buffer {
    ::cmsghdr aligned;
    std::array<char, CMSG_SPACE(sizeof(int) * most_descriptors)> bytes;
};

}  // namespace

result<void> send_parcel(int socket, std::string_view words, std::span<int const> descriptors)
{
    ::iovec text{const_cast<char*>(words.data()), words.size()};  // sendmsg only reads
    control_buffer control{};
    ::msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    if (!descriptors.empty()) {
        message.msg_control = control.bytes.data();
        message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        auto* const head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(head), descriptors.data(), descriptors.size_bytes());
    }
    ssize_t sent = 0;
    do
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? result<void>(os_failure("hand descriptors to another process")) : result<void>();
}

result<parcel> receive_parcel(int socket)
{
    std::array<char, most_words> words;
    ::iovec text{words.data(), words.size()};
    control_buffer control{};
    ::msghdr message{};
    message.msg_iov = &text;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    ssize_t got = 0;
    do
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return os_failure("take descriptors from another process");
    parcel taken{.words = std::string(words.data(), static_cast<std::size_t>(got)), .descriptors = {}};
    for (auto* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        std::array<int, most_descriptors> numbers{};
        auto const bytes = head->cmsg_len - CMSG_LEN(0);
        std::memcpy(numbers.data(), CMSG_DATA(head), bytes);
        for (auto const each : std::span(numbers).first(bytes / sizeof(int)))
            taken.descriptors.emplace_back(each);
    }
    return taken;
}

}  // namespace tendril::remote::detail
