// Refused: tendril: what this function returns cannot travel
#include <tendril/rpc/context.hpp>

#ifdef PASSES
int
#else
int*
#endif
resize(int columns);

void use(tendril::rpc::context const& there)
{
    there.call_no_reply<resize>(80);
}
