#include <tendril/rpc/function.hpp>

#include <map>

namespace tendril::rpc {

namespace {

/// The list of all, from before main.
exported_function const*& first_function() noexcept
{
    static exported_function const* first = nullptr;
    return first;
}

/// By name; null for a name that two functions have.
std::map<std::string_view, exported_function const*> all_by_name()
{
    std::map<std::string_view, exported_function const*> names;
    for (auto const* each = first_function(); each != nullptr; each = each->next)
        if (auto const [where, is_new] = names.try_emplace(each->name, each); !is_new)
            where->second = nullptr;
    return names;
}

}  // namespace

bool detail::enlist(exported_function& what) noexcept
{
    what.next = std::exchange(first_function(), &what);
    return true;
}

exported_function const* find_function(std::string_view name)
{
    static auto const names = all_by_name();
    auto const found = names.find(name);
    return found == names.end() ? nullptr : found->second;
}

}  // namespace tendril::rpc
