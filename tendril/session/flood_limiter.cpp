#include <tendril/session/flood_limiter.hpp>

#include <algorithm>
#include <utility>

namespace tendril::session {

bool flood_limiter::passes(base::byte_view bytes, time_point now)
{
    if (!engaged_) {
        std::chrono::duration<double> const since = now - last_;
        auto const leaked = since.count() * static_cast<double>(limits_.bytes_per_second);
        level_ = std::max(0.0, level_ - leaked) + static_cast<double>(bytes.size());
        last_ = now;
        if (level_ <= static_cast<double>(limits_.burst_bytes))
            return true;
        engaged_ = true;
        until_ = now + limits_.hold;
    }
    held_bytes_ += bytes.size();
    tail_ += base::text_of(bytes);
    if (tail_.size() > 2 * limits_.tail_bytes)
        tail_.erase(0, tail_.size() - limits_.tail_bytes);
    return false;
}

std::string flood_limiter::release()
{
    engaged_ = false;
    level_ = 0;
    auto text = std::exchange(tail_, {});
    auto const held = std::exchange(held_bytes_, 0);
    if (text.size() > limits_.tail_bytes)
        text.erase(0, text.size() - limits_.tail_bytes);
    if (text.size() == held)
        return text;
    if (auto const line_end = text.find('\n'); line_end != text.npos)
        text.erase(0, line_end + 1);
    cut_bytes_ += held - text.size();
    return "\x18\r" + text;
}

}  // namespace tendril::session
