#pragma once

/// @file
/// Where the bytes for a program come from when there are more than a queue should hold.
/// Layer: process (base, io). Spec: parity row C10; docs: README.md, "Producers".

namespace tendril::process {

/// How a producer is driven.
enum class production {
    push,  ///< it writes by itself until pause(), and again after resume()
    pull,  ///< each resume() asks for one portion; the next comes once that is in the pipe
};

/// A source that a transport slows down to the program's pace. All calls come from the transport's executor,
/// none from within a call to the transport: a push source returns to the loop now and then, to be told, or
/// looks at transport::queued_bytes() itself.
///
/// Lifetime: until unregister_producer() or stop().
class producer {
public:
    virtual ~producer() = default;

    /// Write now: the queue is low (push) or empty (pull).
    virtual void resume() = 0;

    /// Write no more for now: the queue is above the high-water mark. Only for production::push.
    virtual void pause() {}

    /// Write never again: the descriptor is closed. The transport has forgotten the producer already.
    virtual void stop() = 0;
};

}  // namespace tendril::process
