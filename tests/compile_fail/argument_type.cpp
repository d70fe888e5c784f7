// Refused: tendril: an argument of this call cannot be converted to the parameter of the function
#include <tendril/rpc/context.hpp>

int resize(int columns, int rows);

void use(tendril::rpc::context const& there)
{
#ifdef PASSES
    static_cast<void>(there.call<resize>(80, 24));
#else
    static_cast<void>(there.call<resize>(80, "24"));
#endif
}
