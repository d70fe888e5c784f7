#pragma once

/// @file
/// A system call made ready in the parent, carried out by the child. Layer: process (base, io). Spec:
/// syscall(2).

#include <tendril/process/spawn_error.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace tendril::process::detail {

/// One call and the step that it is reported as.
struct system_call {
    step at;
    long number;
    std::array<long, 5> arguments;  ///< all are passed: prctl(2) insists that the unused ones are zero
};

/// An argument as the kernel takes it.
template <typename Argument>
[[nodiscard]] long as_register(Argument argument) noexcept
{
    if constexpr (std::is_pointer_v<Argument>)
        return reinterpret_cast<long>(argument);
    else
        return static_cast<long>(argument);
}

/// Builds a system_call. Pointers must stay valid until the child has executed its program.
template <typename... Arguments>
[[nodiscard]] system_call make_system_call(step at, long number, Arguments... arguments) noexcept
{
    return {at, number, {as_register(arguments)...}};
}

/// A list of calls as the child walks it.
struct system_calls {
    system_call const* first = nullptr;
    std::size_t count = 0;
};

}  // namespace tendril::process::detail
