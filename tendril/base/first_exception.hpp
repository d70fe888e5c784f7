#pragma once

/// @file
/// Lets a sequence of steps run to its end although one of them throws. Layer: base.

#include <exception>
#include <utility>

namespace tendril::base {

/// Keeps the first exception that leaves a step; those of later steps are dropped.
class first_exception {
public:
    /// Runs @p step. False when it threw.
    template <typename Step>
    bool guard(Step&& step)
    {
        try {
            std::forward<Step>(step)();
            return true;
        } catch (...) {
            if (!why_)
                why_ = std::current_exception();
            return false;
        }
    }

    /// Throws what was kept, if anything was. The last thing a caller does.
    void rethrow()
    {
        if (why_)
            std::rethrow_exception(std::exchange(why_, nullptr));
    }

private:
    std::exception_ptr why_;
};

}  // namespace tendril::base
