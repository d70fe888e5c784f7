#pragma once

/// @file
/// Calls that belong to a strand, made from any thread. Layer: rpc (io).

#include <tendril/io/executor.hpp>

#include <future>
#include <type_traits>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace tendril::rpc {

/// True where what belongs to the strand of @p on may be done at once: in the thread that runs it, and after
/// it ran.
inline bool runs_here(io::executor const& on)
{
    auto const* const loop = on.target<asio::io_context::executor_type>();
    return loop == nullptr || loop->running_in_this_thread() || loop->context().stopped();
}

/// Does @p what on the strand, and waits for it.
template <typename What>
auto call_on_strand(io::executor const& on, What&& what) -> std::invoke_result_t<What>
{
    if (runs_here(on))
        return what();
    std::packaged_task<std::invoke_result_t<What>()> task(std::forward<What>(what));
    auto done = task.get_future();
    asio::post(on, [&task] { task(); });  // it is alive: we wait
    return done.get();
}

}  // namespace tendril::rpc
