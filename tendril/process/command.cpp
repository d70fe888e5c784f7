#include <tendril/process/command.hpp>

#include <algorithm>

#include <unistd.h>

namespace tendril::process {

bool is_variable(std::string_view entry) noexcept
{
    auto const equals = entry.find('=');
    return equals != 0 && equals != std::string_view::npos;
}

environment environment::inherit()
{
    environment ours;
    for (char** each = ::environ; each && *each; ++each)
        if (is_variable(*each))
            ours.variables_.emplace_back(*each);
    return ours;
}

environment environment::of(std::vector<std::string> variables)
{
    environment given;
    given.variables_ = std::move(variables);
    return given;
}

environment& environment::set(std::string_view name, std::string_view value)
{
    unset(name);
    variables_.push_back(std::string(name) + '=' + std::string(value));
    return *this;
}

environment& environment::unset(std::string_view name)
{
    if (auto const found = find(name); found != variables_.end())
        variables_.erase(found);
    return *this;
}

std::optional<std::string_view> environment::value_of(std::string_view name) const noexcept
{
    auto const found = find(name);
    if (found == variables_.end())
        return std::nullopt;
    return std::string_view(*found).substr(name.size() + 1);
}

std::vector<std::string>::const_iterator environment::find(std::string_view name) const noexcept
{
    return std::ranges::find_if(variables_, [&](std::string const& each) {
        return each.size() > name.size() && each[name.size()] == '=' && each.starts_with(name);
    });
}

command command_of(std::span<std::string const> argv)
{
    command made;
    if (!argv.empty()) {
        made.program = argv.front();
        made.arguments.assign(argv.begin() + 1, argv.end());
    }
    made.environment = environment::inherit();
    return made;
}

}  // namespace tendril::process
