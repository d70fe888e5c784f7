#include "soak_fixture.hpp"

namespace tendril::tests {

std::string written_bytes(std::size_t count)
{
    std::string pattern;
    for (unsigned line = 0; pattern.size() < count; ++line)
        pattern += std::to_string(line % 100000) + ' ';
    pattern.resize(count);
    return pattern;
}

void comparison::stdout_data(base::byte_view bytes)
{
    auto const text = base::text_of(bytes);
    same_ =
        same_ && !ended_ && received_ <= expected_.size() && expected_.substr(received_, text.size()) == text;
    received_ += text.size();
}

void comparison::ended(process::ending const& how)
{
    ended_ = true;
    success_ = how.status.success();
}

}  // namespace tendril::tests
