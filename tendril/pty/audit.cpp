#include <tendril/pty/audit.hpp>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace tendril::pty {

namespace {

struct hook_list {
    std::mutex guard;
    std::vector<std::shared_ptr<audit_hook const>> hooks;
};

hook_list& registered()
{
    static hook_list list;
    return list;
}

}  // namespace

audit_registration::audit_registration(audit_hook hook)
    : hook_(std::make_shared<audit_hook const>(std::move(hook)))
{
    auto& list = registered();
    std::scoped_lock const lock(list.guard);
    list.hooks.push_back(hook_);
}

audit_registration::~audit_registration()
{
    auto& list = registered();
    std::scoped_lock const lock(list.guard);
    std::erase(list.hooks, hook_);
}

error_code audit(std::span<std::string const> argv)
{
    auto& list = registered();
    std::vector<std::shared_ptr<audit_hook const>> hooks;
    {
        std::scoped_lock const lock(list.guard);
        hooks = list.hooks;
    }
    for (auto const& hook : hooks)  // without the lock: a hook may register another
        if (auto const refused = (*hook)(argv); refused)
            return refused;
    return {};
}

}  // namespace tendril::pty
