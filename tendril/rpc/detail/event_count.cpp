#include <tendril/rpc/detail/event_count.hpp>

#include <utility>

namespace tendril::rpc::detail {

event_count::number event_count::now() const
{
    std::scoped_lock const lock(mutex_);
    return count_;
}

void event_count::advance()
{
    std::map<std::uint64_t, std::function<void()>> due;
    {
        std::scoped_lock const lock(mutex_);
        ++count_;
        due.swap(calls_);
        changed_.notify_all();  // within the lock: who is woken may destroy this
    }
    for (auto const& [registration, call] : due)
        call();
}

bool event_count::wait_past(number seen, deadline until)
{
    std::unique_lock lock(mutex_);
    auto const is_past = [&] { return count_ > seen; };
    if (until)
        return changed_.wait_until(lock, *until, is_past);
    changed_.wait(lock, is_past);
    return true;
}

std::uint64_t event_count::when_past(number seen, std::function<void()> call)
{
    {
        std::scoped_lock const lock(mutex_);
        if (count_ <= seen) {
            calls_.emplace(next_registration_, std::move(call));
            return next_registration_++;
        }
    }
    call();
    return 0;
}

void event_count::forget(std::uint64_t registration)
{
    std::scoped_lock const lock(mutex_);
    calls_.erase(registration);
}

}  // namespace tendril::rpc::detail
