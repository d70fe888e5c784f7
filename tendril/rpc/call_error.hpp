#pragma once

/// @file
/// Why a call gave no value. Layer: rpc (base, wire). Spec: docs/protocol.md "Calls"; parity row R09.

#include <tendril/rpc/identity.hpp>

#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace tendril::rpc {

/// What kept a call from its value, as far as a caller can act on it.
enum class call_failure : std::uint8_t {
    thrown,            ///< the function threw
    unknown_function,  ///< the far end has no function of that name: another program, or another build
    wrong_signature,   ///< it has one of that name with other parameters
    bad_arguments,     ///< the arguments could not be read there
    bad_answer,        ///< the answer could not be read here
    cancelled,         ///< before or while it ran
    refused,           ///< the far end, or somebody on the way, did not take the call
    lost,              ///< the far end is gone
    timed_out,         ///< nobody answered in time; the call may still run
};

/// An error that crossed from the far end, or arose on the way.
struct call_error {
    call_failure what = call_failure::thrown;
    std::string type = {};                ///< of the exception, as C++ writes it; empty when there was none
    std::string text = {};                ///< what it said
    std::vector<std::string> trace = {};  ///< where it passed, innermost first: `add() in context 3`

    static constexpr auto wire_fields =
        std::tuple(&call_error::what, &call_error::type, &call_error::text, &call_error::trace);

    [[nodiscard]] bool operator==(call_error const&) const = default;

    /// `std::runtime_error: no such disk; add() in context 3; sum() in context 1`.
    [[nodiscard]] std::string message() const;
};

/// A call_error as an exception, for functions that let it pass to their own caller: it arrives there
/// unchanged, with one more line in its trace.
class call_failed : public std::runtime_error {
public:
    explicit call_failed(call_error why) : std::runtime_error(why.message()), why_(std::move(why)) {}

    [[nodiscard]] call_error const& why() const noexcept { return why_; }

private:
    call_error why_;
};

}  // namespace tendril::rpc
