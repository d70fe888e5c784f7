#include <tendril/pty/canonical_slices.hpp>

#include <algorithm>

#include <unistd.h>

namespace tendril::pty {

canonical_slices::canonical_slices(::termios const& attributes) noexcept
{
    adopt(attributes);
}

void canonical_slices::adopt(::termios const& attributes) noexcept
{
    auto const control = [&](int index) -> unsigned char {
        auto const byte = attributes.c_cc[index];
        return byte == _POSIX_VDISABLE ? '\n' : byte;
    };
    line_ends_ = {'\n', control(VEOF), control(VEOL), control(VEOL2)};
    kill_ = control(VKILL);
    end_of_file_ = attributes.c_cc[VEOF];
    return_is_newline_ = (attributes.c_iflag & ICRNL) != 0 && (attributes.c_iflag & IGNCR) == 0;
}

bool canonical_slices::ends_line(unsigned char byte) const noexcept
{
    return std::ranges::find(line_ends_, byte) != line_ends_.end() || (byte == '\r' && return_is_newline_);
}

std::string canonical_slices::slice(base::byte_view bytes)
{
    std::string typed;
    typed.reserve(bytes.size() + bytes.size() / line_limit_bytes + 1);
    for (auto const each : bytes) {
        auto const byte = static_cast<unsigned char>(each);
        if (ends_line(byte) || byte == kill_) {
            pending_ = 0;
        } else if (pending_ == line_limit_bytes && can_cut()) {
            typed += static_cast<char>(end_of_file_);
            pending_ = 1;
        } else {
            ++pending_;
        }
        typed += static_cast<char>(byte);
    }
    return typed;
}

std::string canonical_slices::end()
{
    if (!can_cut())
        return {};
    std::string typed(pending_ > 0 ? 2 : 1, static_cast<char>(end_of_file_));
    pending_ = 0;
    return typed;
}

}  // namespace tendril::pty
