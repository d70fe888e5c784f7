#include <algorithm>
#include <charconv>
#include <chrono>

#include <apps/tendril/time_option.hpp>

namespace tendril::app {

std::optional<record::moment> parse_time(std::string_view text) noexcept
{
    constexpr int most_parts = 3;
    double seconds = 0;
    for (int parts = 1;; ++parts) {
        auto const part = text.substr(0, text.find(':'));
        bool const is_last = part.size() == text.size();
        bool const is_plain = !part.empty() && part.find_first_not_of("0123456789.") == part.npos;
        double value = 0;
        auto const [end, code] = std::from_chars(part.data(), part.data() + part.size(), value);
        if (!is_plain || code != std::errc() || end != part.data() + part.size() || parts > most_parts)
            return std::nullopt;
        seconds = seconds * 60 + value;
        if (is_last)
            break;
        text.remove_prefix(part.size() + 1);
    }
    auto const most = std::chrono::duration<double>(record::longest_recording);
    return std::chrono::round<record::moment>(std::min(std::chrono::duration<double>(seconds), most));
}

}  // namespace tendril::app
