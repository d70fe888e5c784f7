#pragma once

/// @file
/// What happens to a program, told as events: the counterpart of a `transport`.
/// Layer: process (base, io). Spec: parity row C04.

#include <tendril/base/bytes.hpp>
#include <tendril/process/ending.hpp>

namespace tendril::process {

class transport;

/// Receives the events of one program. Override what matters; the rest does nothing.
///
/// Order: connected; then data and closed of every descriptor; exited at any point among them; ended exactly
/// once, after everything else. `exited` may come before the last data: whoever wants all output waits for
/// `ended`.
///
/// An exception that leaves an event reaches whoever runs the executor; the program goes on being served.
/// Lifetime: outlives the transport. Threads: every event comes from the transport's executor, never from
/// within a call to the transport, which may be used and destroyed in any event.
class handler {
public:
    virtual ~handler() = default;

    /// The program runs.
    virtual void connected(transport&) {}

    /// The program wrote @p bytes to its descriptor @p fd. Lifetime: `bytes` until the return.
    virtual void data(int fd, base::byte_view bytes);

    /// Our end of descriptor @p fd is closed, whoever did it: transport::why_closed() tells.
    virtual void closed(int fd);

    /// The program has ended and is reaped.
    virtual void exited(ending const&) {}

    /// The program has ended and everything it wrote was delivered.
    virtual void ended(ending const&) {}

    /// data() of 1 and 2, unless that is overridden.
    virtual void stdout_data(base::byte_view) {}
    virtual void stderr_data(base::byte_view) {}

    /// closed() of 0, 1 and 2, unless that is overridden.
    virtual void stdin_closed() {}
    virtual void stdout_closed() {}
    virtual void stderr_closed() {}
};

}  // namespace tendril::process
