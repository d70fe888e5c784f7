#include <tendril/rpc/policy.hpp>

namespace tendril::rpc {

bool has_parent_authority(wire::message const& what, arrival const& how)
{
    return how.self.obeys(what.auth);
}

bool is_immediate_child(wire::message const& what, arrival const& how)
{
    return what.src == how.neighbour && !how.self.obeys(how.neighbour);
}

bool anybody(wire::message const& /*what*/, arrival const& /*how*/)
{
    return true;
}

}  // namespace tendril::rpc
