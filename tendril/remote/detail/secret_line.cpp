#include <tendril/remote/detail/secret_line.hpp>

#include <string_view>

#include <string.h>

namespace tendril::remote::detail {

secret_line::~secret_line()
{
    wipe();
}

secret_line::state secret_line::press(std::byte key) noexcept
{
    auto const byte = static_cast<unsigned char>(key);
    switch (byte) {
    case '\r':
    case '\n':
        return state::entered;
    case 0x03:  // Ctrl-C
    case 0x1c:  // Ctrl-backslash
        return state::abandoned;
    case 0x04:  // Ctrl-D
        return size_ == 0 ? state::abandoned : state::entered;
    case 0x08:  // Ctrl-H
    case 0x7f:
        rub_out();
        return state::typing;
    case 0x15:  // Ctrl-U
        wipe();
        return state::typing;
    default:
        if (byte >= 0x20 && size_ < typed_.size())
            typed_[size_++] = static_cast<char>(byte);
        return state::typing;
    }
}

/// A whole character in UTF-8.
void secret_line::rub_out() noexcept
{
    while (size_ > 0 && (static_cast<unsigned char>(typed_[--size_]) & 0xC0U) == 0x80U) {
    }
}

void secret_line::wipe() noexcept
{
    ::explicit_bzero(typed_.data(), typed_.size());
    size_ = 0;
}

base::secret secret_line::text() const
{
    return base::secret(std::string_view(typed_.data(), size_));
}

}  // namespace tendril::remote::detail
