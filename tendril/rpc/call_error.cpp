#include <tendril/rpc/call_error.hpp>

namespace tendril::rpc {

std::string call_error::message() const
{
    auto whole = type.empty() ? text : type + ": " + text;
    for (auto const& each : trace)
        whole += "; " + each;
    return whole;
}

}  // namespace tendril::rpc
