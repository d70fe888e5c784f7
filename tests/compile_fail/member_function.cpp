// Refused: tendril: only free functions and static member functions can be called in another context
#include <tendril/rpc/context.hpp>

struct screen {
#ifdef PASSES
    static
#endif
        int
        resize(int columns);
};

void use(tendril::rpc::context const& there)
{
    there.call_no_reply<&screen::resize>(80);
}
