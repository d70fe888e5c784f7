#pragma once

/// @file
/// What contexts of the tests call in each other. Layer: remote (base, rpc); for tests. A file of its own,
/// because a program built for another machine has the same functions.

#include <tendril/remote/node.hpp>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include <boost/asio/awaitable.hpp>

namespace tendril::remote::testing {

/// A context of a chain and its process.
struct member {
    rpc::context_id id = 0;
    std::int64_t process = 0;
    static constexpr auto wire_fields = std::tuple(&member::id, &member::process);
};

int add(int left, int right);

/// Makes a chain of @p depth contexts below this one. Returns them, this one first.
asio::awaitable<std::vector<member>> grow(rpc::call_context& here, int depth);

/// Never comes back, unless it is interrupted.
asio::awaitable<void> wait_for_ever();

/// Stops this process, as SIGSTOP from outside would.
void freeze();

/// The machine that this process believes to run on.
std::string machine();

}  // namespace tendril::remote::testing

template <>
inline constexpr auto tendril::rpc::runs<tendril::remote::testing::add> = tendril::rpc::execution::at_once;
