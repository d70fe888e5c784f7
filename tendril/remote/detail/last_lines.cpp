#include <tendril/remote/detail/last_lines.hpp>

#include <utility>

namespace tendril::remote::detail {

namespace {

constexpr std::size_t kept_lines = 20;
constexpr std::size_t longest_line = 4096;
constexpr std::size_t longest_text = 4096;  // of an error: what was said last says why

bool is_control(unsigned char byte) noexcept
{
    return (byte < 0x20 && byte != '\t' && byte != '\n') || byte == 0x7f;
}

bool is_continuation(char byte) noexcept
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// The length of the well-formed character that @p text begins with; 0 if there is none, or if it is one of
/// the controls U+0080 to U+009F, which terminals obey too.
std::size_t character_length(std::string_view text) noexcept
{
    auto const lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80)
        return is_control(lead) ? 0 : 1;
    auto const length = lead < 0xC2 ? 0U : lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : lead < 0xF5 ? 4U : 0U;
    if (length == 0 || text.size() < length)
        return 0;
    for (std::size_t at = 1; at < length; ++at)
        if (!is_continuation(text[at]))
            return 0;
    auto const second = static_cast<unsigned char>(text[1]);
    return lead == 0xC2 && second < 0xA0 ? 0 : length;
}

}  // namespace

std::string without_controls(std::string_view text)
{
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        auto const length = character_length(text);
        if (length == 0)
            shown += '?';
        else
            shown += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return shown;
}

last_lines::last_lines(line_handler on_line) : on_line_(std::move(on_line)) {}

void last_lines::also_tell(line_handler told)
{
    if (on_line_)
        told = [first = std::move(on_line_), then = std::move(told)](std::string_view line) {
            first(line);
            then(line);
        };
    on_line_ = std::move(told);
}

void last_lines::add(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const end = bytes.find('\n');
        auto const room = longest_line - rest_.size();
        auto const taken = std::min(end == std::string_view::npos ? bytes.size() : end, room);
        rest_ += bytes.substr(0, taken);
        bytes.remove_prefix(taken);
        if (bytes.starts_with('\n')) {
            bytes.remove_prefix(1);
            end_line();
        } else if (rest_.size() == longest_line) {
            end_line();
        }
    }
}

void last_lines::finish()
{
    if (!rest_.empty())
        end_line();
}

void last_lines::end_line()
{
    auto line = std::exchange(rest_, {});
    while (line.ends_with('\r'))
        line.pop_back();
    if (on_line_)
        on_line_(line);
    if (line.find_first_not_of(" \t") == std::string::npos)
        return;
    lines_.push_back(std::move(line));
    if (lines_.size() > kept_lines)
        lines_.pop_front();
}

std::string last_lines::text() const
{
    std::string all;
    for (auto const& line : lines_)
        all += (all.empty() ? "" : "\n") + without_controls(line);
    if (!rest_.empty())
        all += (all.empty() ? "" : "\n") + without_controls(rest_);
    if (all.size() > longest_text) {
        auto cut = all.size() - longest_text;
        while (cut < all.size() && is_continuation(all[cut]))
            ++cut;
        all.erase(0, cut);
    }
    return all;
}

}  // namespace tendril::remote::detail
