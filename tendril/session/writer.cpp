#include <tendril/session/detail/mailbox.hpp>
#include <tendril/session/writer.hpp>

#include <utility>

namespace tendril::session {

writer::writer(std::shared_ptr<detail::mailbox> to) noexcept : to_(std::move(to)) {}

error_code writer::write(base::byte_view bytes) const
{
    return to_->put(bytes);
}

error_code writer::write_line(std::string_view line) const
{
    return to_->put(base::bytes_of(std::string(line) + '\r'));
}

error_code writer::write_lines(std::span<std::string const> lines) const
{
    return to_->put(base::bytes_of(typed(lines)));
}

std::string typed(std::span<std::string const> lines)
{
    std::string text;
    for (auto const& line : lines) {
        text += line;
        text += '\r';
    }
    return text;
}

}  // namespace tendril::session
