// Refused: tendril: a parameter of this function cannot travel
#include <tendril/rpc/context.hpp>

struct size {
    int columns = 0;
    int rows = 0;
#ifdef PASSES
    static constexpr auto wire_fields = std::tuple(&size::columns, &size::rows);
#endif
};

int resize(size to);

void use(tendril::rpc::context const& there)
{
    static_cast<void>(there.call_async<resize>(size{80, 24}));
}
