#include <tendril/remote/detail/conversation_text.hpp>

#include <cstddef>

namespace tendril::remote::detail {

namespace {

constexpr std::size_t most_text = 4096;
constexpr std::string_view cut_mark = "...";

}  // namespace

void conversation_text::add(std::string_view bytes)
{
    text_ += bytes;
    auto const begin = text_.find_first_not_of("\r\n");
    text_.erase(0, begin == std::string::npos ? text_.size() : begin);
    if (text_.size() > most_text)
        text_.replace(0, text_.size() - most_text + cut_mark.size(), cut_mark);
}

bool conversation_text::is_at_prompt() const noexcept
{
    auto const line = text().substr(text_.find_last_of("\r\n") + 1);
    return line.find_first_not_of(" \t") != std::string_view::npos;
}

}  // namespace tendril::remote::detail
