#include <tendril/rpc/detail/select_state.hpp>
#include <tendril/rpc/strand_call.hpp>

#include <algorithm>
#include <utility>

namespace tendril::rpc::detail {

namespace {

/// Who is in which select changes in one place at a time: selects lie within each other, so that no order of
/// their own locks would do.
std::mutex& structure()
{
    static std::mutex one;
    return one;
}

}  // namespace

void select_source::announce()
{
    changes_.advance();
    for (; joined_ != nullptr && told_ < ready(); ++told_)
        joined_->on_arrival(*this);
}

void select_source::leave()
{
    auto const kept = shared_from_this();
    std::scoped_lock const all(structure());
    std::scoped_lock const lock(mutex_);
    if (joined_ != nullptr)
        joined_->drop(*this);
}

std::expected<void, channel_error> select_state::add(std::shared_ptr<select_source> const& source)
{
    std::scoped_lock const all(structure());
    for (select_source const* each = this; each != nullptr; each = each->joined_)
        if (each == source.get())
            return std::unexpected(channel_error{
                channel_fault::refused, "a select cannot wait for itself, not through others either"});
    std::scoped_lock const inner(source->mutex_);
    if (source->joined_ != nullptr)
        return std::unexpected(channel_error{channel_fault::refused, "it is in a select already"});
    {
        std::scoped_lock const lock(mutex_);
        if (closed_)
            return std::unexpected(*closed_);
        members_.emplace(source.get(), member{.source = source, .weight = 0});
    }
    source->joined_ = this;
    source->told_ = 0;
    on_change_of(*source);
    source->announce();
    return {};
}

void select_state::remove(select_source& source)
{
    std::scoped_lock const all(structure());
    std::scoped_lock const inner(source.mutex_);
    if (source.joined_ == this)
        drop(source);
}

/// The source's mutex is held, and somebody keeps it.
void select_state::drop(select_source& source)
{
    source.joined_ = nullptr;
    std::scoped_lock const lock(mutex_);
    auto const found = members_.find(&source);
    weight_ -= found->second.weight;
    members_.erase(found);
    if (std::exchange(source.told_, 0) > 0)
        std::erase(arrivals_, &source);
    tell_change();
}

void select_state::close(std::string reason)
{
    std::scoped_lock const all(structure());
    std::vector<std::shared_ptr<select_source>> leaving;
    {
        std::scoped_lock const lock(mutex_);
        for (auto const& [which, each] : members_)
            leaving.push_back(each.source);
    }
    for (auto const& each : leaving) {
        std::scoped_lock const inner(each->mutex_);
        drop(*each);
    }
    std::scoped_lock const lock(mutex_);
    if (closed_)
        return;
    closed_ = channel_error{channel_fault::closed, std::move(reason)};
    announce();
}

bool select_state::is_empty() const
{
    std::scoped_lock const lock(mutex_);
    return arrivals_.empty();
}

bool select_state::has_any_left() const
{
    std::scoped_lock const lock(mutex_);
    return weight_ > 0;
}

bool select_state::would_wait_at_home() const
{
    std::scoped_lock const lock(mutex_);
    return std::ranges::any_of(homes_,
                               [](home const& each) { return each.is_everywhere || runs_here(each.on); });
}

void select_state::on_arrival(select_source& from)
{
    std::scoped_lock const lock(mutex_);
    arrivals_.push_back(&from);
    announce();
}

/// What @p from stands for is another number now. Its mutex is held.
void select_state::on_change_of(select_source const& from)
{
    std::scoped_lock const lock(mutex_);
    auto& known = members_.at(&from);
    weight_ = weight_ - known.weight + from.weight();
    known.weight = from.weight();
    for (auto const& each : from.homes())
        if (std::ranges::find(homes_, each) == homes_.end())
            homes_.push_back(each);
    tell_change();
}

/// The mutex is held.
void select_state::tell_change()
{
    changes_.advance();
    if (joined_ != nullptr)
        joined_->on_change_of(*this);
}

std::optional<picked> select_state::take_next()
{
    std::scoped_lock const one_at_a_time(picking_);
    for (;;) {
        std::shared_ptr<select_source> source;
        {
            std::scoped_lock const lock(mutex_);
            if (arrivals_.empty())
                return std::nullopt;
            source = members_.at(arrivals_.front()).source;
            arrivals_.pop_front();
        }
        auto given = source->pick();
        if (!given)
            continue;  // somebody took it from the source itself
        auto const has_ended = given->value == nullptr && given->source == source.get();
        if (is_oneshot_ || has_ended)
            remove(*source);
        return given;
    }
}

std::optional<std::expected<picked, channel_error>> select_state::attempt()
{
    if (auto given = take_next())
        return std::move(*given);
    std::scoped_lock const lock(mutex_);
    if (closed_)
        return std::unexpected(*closed_);
    if (weight_ == 0 && arrivals_.empty())
        return std::unexpected(channel_error{channel_fault::closed, "there is nothing left to wait for"});
    return std::nullopt;
}

std::optional<picked> select_state::pick()
{
    {
        std::scoped_lock const lock(mutex_);
        if (told_ > 0)
            --told_;
    }
    if (auto given = take_next())
        return given;
    std::scoped_lock const lock(mutex_);
    if (!closed_)
        return std::nullopt;
    return picked{.source = this, .end = *closed_};
}

std::size_t select_state::ready() const
{
    return arrivals_.size() + (closed_ ? 1 : 0);
}

}  // namespace tendril::rpc::detail
