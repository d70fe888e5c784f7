// Refused: tendril: this call has another number of arguments than the function has parameters
#include <tendril/rpc/context.hpp>

int resize(int columns, int rows);

void use(tendril::rpc::context const& there)
{
#ifdef PASSES
    there.call_no_reply<resize>(80, 24);
#else
    there.call_no_reply<resize>(80);
#endif
}
