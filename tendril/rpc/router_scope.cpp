#include <tendril/rpc/router_scope.hpp>

#include <utility>

namespace tendril::rpc {

namespace {

thread_local router* innermost = nullptr;

}  // namespace

router_scope::router_scope(router& which) noexcept : outer_(std::exchange(innermost, &which)) {}

router_scope::~router_scope()
{
    innermost = outer_;
}

router* router_scope::current() noexcept
{
    return innermost;
}

}  // namespace tendril::rpc
