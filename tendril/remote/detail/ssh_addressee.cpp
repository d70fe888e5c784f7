#include <tendril/process/output.hpp>
#include <tendril/remote/detail/ssh_addressee.hpp>
#include <tendril/remote/detail/ssh_command.hpp>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <utility>

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tendril::remote::detail {

namespace {

constexpr std::chrono::seconds longest_query{10};  // a configuration may run programs (Match exec)

bool is_same_host(std::string_view one, std::string_view other)
{
    return std::ranges::equal(one, other, [](unsigned char left, unsigned char right) {
        return std::tolower(left) == std::tolower(right);
    });
}

/// What `ssh -G` says about @p name.
std::string_view setting_of(std::string_view answer, std::string_view name)
{
    while (!answer.empty()) {
        auto const end = std::min(answer.find('\n'), answer.size());
        auto const line = answer.substr(0, end);
        if (line.starts_with(name) && line.substr(name.size()).starts_with(' '))
            return line.substr(name.size() + 1);
        answer.remove_prefix(std::min(end + 1, answer.size()));
    }
    return {};
}

}  // namespace

std::string_view login_in(std::string_view prompt) noexcept
{
    auto const line = prompt.substr(0, prompt.find('\n'));
    if (line.starts_with('('))
        return line.substr(1, std::min(line.find(") "), line.size()) - 1);
    auto const end = line.find("'s password: ");
    return end == std::string_view::npos ? std::string_view() : line.substr(0, end);
}

asio::awaitable<bool> is_from_target(std::shared_ptr<ssh_options const> options, std::string prompt)
{
    auto const login = login_in(prompt);
    if (login.empty())
        co_return true;
    auto const at = login.find_last_of('@');
    auto const user = login.substr(0, at);
    auto const host = login.substr(at + 1);
    if (is_same_host(host, options->hostname) && (!options->username || user == *options->username))
        co_return true;

    auto query = ssh_query(*options);
    if (!query)
        co_return false;
    process::capture_options limits;
    limits.deadline = longest_query;
    limits.limit_bytes = 1024 * 1024;
    auto const executor = co_await asio::this_coro::executor;
    auto const answer = co_await process::async_output_and_status(executor, std::move(*query),
                                                                  std::move(limits), asio::use_awaitable);
    co_return answer&& is_same_host(host, setting_of(answer->output, "hostname")) &&
        user == setting_of(answer->output, "user");
}

}  // namespace tendril::remote::detail
