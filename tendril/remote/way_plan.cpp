#include <tendril/remote/way_plan.hpp>

namespace tendril::remote {

way_plan plan_of(hop const& which)
{
    switch (which.kind) {
    case hop_kind::local:
        return local_way();
    case hop_kind::fork:
        return fork_way();
    case hop_kind::ssh:
        return ssh_options{.hostname = which.place, .username = which.user, .port = which.port};
    case hop_kind::sudo:
        return sudo_options{.username = which.place};
    case hop_kind::su:
        return su_options{.username = which.place};
    case hop_kind::doas:
        return doas_options{.username = which.place};
    }
    return local_way();
}

}  // namespace tendril::remote
