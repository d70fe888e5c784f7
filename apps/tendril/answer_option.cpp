#include <utility>

#include <apps/tendril/answer_option.hpp>
#include <apps/tendril/secret_prompt.hpp>

namespace tendril::app {

namespace {

/// Where the last '=' stands that is not escaped.
std::size_t split_point(std::string_view argument) noexcept
{
    for (auto at = argument.rfind('='); at != std::string_view::npos && at > 0;
         at = argument.rfind('=', at - 1)) {
        std::size_t backslashes = 0;
        while (backslashes < at && argument[at - 1 - backslashes] == '\\')
            ++backslashes;
        if (backslashes % 2 == 0)
            return at;
    }
    return std::string_view::npos;
}

std::string unescaped(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escape =
            text[i] == '\\' && i + 1 < text.size() && std::string_view("=@\\").contains(text[i + 1]);
        i += escape ? 1 : 0;
        plain += text[i];
    }
    return plain;
}

}  // namespace

result<session::answer_rule> parse_answer(std::string_view argument, session::question need)
{
    auto const at = split_point(argument);
    if (at == std::string_view::npos)
        return failure(make_error_code(boost::system::errc::invalid_argument),
                       "read the answer '" + std::string(argument) +
                           "', it must be REGEX=TEXT or REGEX=@NAME");
    auto when = expect::pattern::regex(argument.substr(0, at));
    if (!when)
        return std::unexpected(std::move(when.error()));

    auto const text = argument.substr(at + 1);
    if (!text.starts_with('@'))
        return session::answer_rule{std::move(*when), base::secret(unescaped(text)),
                                    session::confidence::plain, need};
    if (text.size() == 1)
        return failure(make_error_code(boost::system::errc::invalid_argument),
                       "read the answer '" + std::string(argument) + "', a NAME must follow the @");
    auto secret = obtain_secret(std::string(text.substr(1)));
    if (!secret)
        return std::unexpected(std::move(secret.error()));
    return session::answer_rule{std::move(*when), std::move(*secret), session::confidence::secret, need};
}

}  // namespace tendril::app
