#pragma once

/// @file
/// A stream to a neighbour of which each frame is told. Layer: rpc (base, wire, io). Parity row R18.

#include <tendril/rpc/duplex.hpp>
#include <tendril/rpc/identity.hpp>

#include <functional>
#include <memory>
#include <string>

namespace tendril::rpc {

/// Passes everything through @p stream, the way to @p neighbour, and gives a line to @p told for each frame
/// once it was read or written: its numbers, never its data.
[[nodiscard]] std::unique_ptr<duplex> make_traced_duplex(std::unique_ptr<duplex> stream, context_id neighbour,
                                                         std::function<void(std::string line)> told);

}  // namespace tendril::rpc
