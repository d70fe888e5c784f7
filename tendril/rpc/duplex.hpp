#pragma once

/// @file
/// A stream of bytes both ways, as a link needs it. Layer: rpc (base, io). Design: docs/adr/0038-links.md.

#include <tendril/base/bytes.hpp>
#include <tendril/io/stream.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace tendril::rpc {

/// What leads to a neighbour: a socket, a pair of pipes, memory in a test.
///
/// Ownership: the destructor closes it and ends what carries it.
/// Threads:   one object belongs to one strand.
class duplex {
public:
    duplex() = default;
    duplex(duplex const&) = delete;
    duplex& operator=(duplex const&) = delete;
    virtual ~duplex() = default;

    /// Completes once it is ready for @p what, readable or writable; never inline. One wait of each kind at a
    /// time. After close() it completes with operation_aborted.
    virtual void start_wait(io::readiness what, io::ready_handler handler) = 0;

    /// Reads what there is. Errors: would_block, eof, the reason of the system.
    [[nodiscard]] virtual std::size_t try_read(std::span<std::byte> into, error_code& why) noexcept = 0;

    /// Writes what it takes of @p pieces. Errors: would_block, the reason of the system; never SIGPIPE.
    [[nodiscard]] virtual std::size_t try_write(std::span<base::byte_view const> pieces,
                                                error_code& why) noexcept = 0;

    /// Why it has ended, as far as what carries it can tell; empty when it cannot. May be asked once it has.
    [[nodiscard]] virtual std::string why_it_ended() { return {}; }

    /// Ends both directions. Idempotent.
    virtual void close() noexcept = 0;
};

/// One descriptor for both directions: a socket.
[[nodiscard]] std::unique_ptr<duplex> make_duplex(io::stream both);

/// A socket that is a part of @p owner, which goes with the link. @p why is asked by why_it_ended().
[[nodiscard]] std::unique_ptr<duplex> make_duplex(io::stream& both, std::shared_ptr<void> owner,
                                                  std::function<std::string()> why = {});

/// A descriptor for each: standard input and output.
[[nodiscard]] std::unique_ptr<duplex> make_duplex(io::stream in, io::stream out);

/// Two ends that are connected with each other, for contexts in one process.
/// Errors: the errno of socketpair(2).
[[nodiscard]] result<std::pair<std::unique_ptr<duplex>, std::unique_ptr<duplex>>>
make_duplex_pair(io::executor first, io::executor second);

}  // namespace tendril::rpc
