#include <tendril/rpc/context.hpp>
#include <tendril/rpc/router.hpp>
#include <tendril/rpc/router_scope.hpp>

#include <atomic>

namespace tendril::rpc {

void detail::pack_head(wire::packer& to, call_head const& head)
{
    to.array(3);
    to.text(head.function);
    to.natural(head.signature);
    to.natural(head.chain);
}

void context::send(wire::handle to, wire::byte_buffer data) const
{
    via_->send({.dst = id_, .handle = to, .data = std::move(data)});
}

void context::shutdown() const
{
    via_->send({.dst = id_, .handle = well_known::shut_down});
}

namespace {

/// Of this process; the far end tells them apart by who calls, too.
detail::chain_number next_chain()
{
    static std::atomic<detail::chain_number> last = 0;
    return ++last;
}

}  // namespace

call_chain::call_chain(context to) : to_(to), number_(next_chain()) {}

call_chain::~call_chain()
{
    forget();
}

void call_chain::reset()
{
    forget();
    number_ = next_chain();
}

void call_chain::forget() const
{
    to_.send(well_known::cancel, wire::pack(std::pair(wire::handle{0}, number_)));
}

}  // namespace tendril::rpc

tendril::rpc::context tendril::wire::codec<tendril::rpc::context>::unpack(unpacker& from)
{
    auto const id = codec<rpc::context_id>::unpack(from);
    auto* const via = rpc::router_scope::current();
    if (via == nullptr)
        from.fail(errc::wrong_type, "a context where no router is in scope");
    return from.problem() ? rpc::context() : rpc::context(*via, id);
}
