#include <tendril/session/detail/mailbox.hpp>

#include <utility>

#include <boost/asio/post.hpp>

namespace tendril::session::detail {

mailbox::mailbox(io::executor on, std::size_t limit_bytes, std::function<void()> take_mail)
    : on_(std::move(on)), limit_bytes_(limit_bytes), take_mail_(std::move(take_mail))
{
}

error_code mailbox::put(base::byte_view bytes)
{
    {
        std::scoped_lock const held(guard_);
        if (closed_)
            return make_error_code(boost::system::errc::not_connected);
        if (bytes.size() > limit_bytes_ - bytes_.size())
            return make_error_code(boost::system::errc::no_buffer_space);
        bool const was_empty = bytes_.empty();
        bytes_ += base::text_of(bytes);
        if (!was_empty)
            return {};  // somebody is on the way already
    }
    asio::post(on_, take_mail_);
    return {};
}

std::string mailbox::take(std::size_t most)
{
    std::scoped_lock const held(guard_);
    if (bytes_.size() <= most)
        return std::exchange(bytes_, {});
    auto taken = bytes_.substr(0, most);
    bytes_.erase(0, most);
    return taken;
}

bool mailbox::empty() const
{
    std::scoped_lock const held(guard_);
    return bytes_.empty();
}

void mailbox::close() noexcept
{
    std::scoped_lock const held(guard_);
    closed_ = true;
    std::string().swap(bytes_);
}

}  // namespace tendril::session::detail
