#include <tendril/syslog/line_cutter.hpp>

#include <utility>

namespace tendril::syslog {

namespace {

void append_octal(std::string& to, unsigned char byte)
{
    to += '#';
    to += static_cast<char>('0' + (byte >> 6));
    to += static_cast<char>('0' + (byte >> 3 & 7));
    to += static_cast<char>('0' + (byte & 7));
}

bool is_continuation(char c) noexcept
{
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/// True where a line may be cut: not inside a character, as far as it is one.
bool may_cut_before(std::string const& line, char next) noexcept
{
    return !is_continuation(next) || line.size() >= line_cutter::longest_line_bytes + 3;
}

}  // namespace

std::vector<std::string> line_cutter::push(base::byte_view bytes)
{
    std::vector<std::string> lines;
    for (char const c : base::text_of(bytes)) {
        if (c == '\n') {
            if (line_.ends_with('\r'))
                line_.pop_back();
            lines.push_back(take());
            is_continued_ = false;
            continue;
        }
        if (line_.size() >= longest_line_bytes && may_cut_before(line_, c)) {
            lines.push_back(take());
            is_continued_ = true;
        }
        line_ += c;
    }
    return lines;
}

std::string line_cutter::finish()
{
    if (line_.empty())
        return {};
    return take();
}

std::string line_cutter::take()
{
    auto const raw = std::exchange(line_, {});
    std::string safe = is_continued_ ? continuation : "";
    for (std::size_t at = 0; at < raw.size(); ++at) {
        auto const byte = static_cast<unsigned char>(raw[at]);
        auto const next = at + 1 < raw.size() ? static_cast<unsigned char>(raw[at + 1]) : 0;
        if (byte < ' ' || byte == 0x7f) {
            append_octal(safe, byte);
        } else if (byte == 0xc2 && next >= 0x80 && next <= 0x9f) {
            append_octal(safe, byte);
            append_octal(safe, static_cast<unsigned char>(next));
            ++at;
        } else {
            safe += raw[at];
        }
    }
    return safe;
}

}  // namespace tendril::syslog
