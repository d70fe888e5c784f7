#include <tendril/base/file.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <apps/tendril/redact_option.hpp>

namespace tendril::app {

namespace {

constexpr std::size_t largest_file = 1024 * 1024;

}  // namespace

result<expect::redactor> parse_redactions(std::span<std::string const> arguments)
{
    std::vector<std::string> texts;
    std::vector<std::string> expressions;
    for (auto const& argument : arguments) {
        if (!argument.starts_with('@')) {
            expressions.push_back(argument);
            continue;
        }
        auto const content = base::read_file(argument.substr(1), largest_file);
        if (!content)
            return std::unexpected(content.error());
        for (std::string_view rest = *content; !rest.empty();) {
            auto const end = std::min(rest.find('\n'), rest.size());
            auto line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            if (!line.empty())
                texts.emplace_back(line);
        }
    }
    return expect::redactor::make(texts, expressions);
}

}  // namespace tendril::app
