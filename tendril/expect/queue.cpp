#include <tendril/base/first_exception.hpp>
#include <tendril/expect/detail/screen_search.hpp>
#include <tendril/expect/detail/stream_search.hpp>
#include <tendril/expect/queue.hpp>

#include <algorithm>
#include <utility>

namespace tendril::expect {

struct queue::expectation {
    reference id{};
    std::vector<pattern> patterns;
    callback on_match;
    options how;
    std::uint64_t floor = 0;  // in the stream: nothing before it takes part in a match
    detail::screen_search on_screen{};
    bool removed = false;

    [[nodiscard]] bool is_sticky() const noexcept { return how.as == standing::sticky; }

    /// The alternative that stands for an event rather than a text.
    [[nodiscard]] std::optional<std::size_t> alternative(pattern::kind what) const
    {
        auto const at = std::ranges::find(patterns, what, [](pattern const& one) { return one.what(); });
        return at == patterns.end() ? std::nullopt
                                    : std::optional(static_cast<std::size_t>(at - patterns.begin()));
    }
};

queue::queue()
    : search_(std::make_unique<detail::stream_search>(stream_limit_bytes)),
      answered_(std::make_unique<detail::answered_places>())
{
}

queue::~queue() = default;

result<reference> queue::expect(std::vector<pattern> patterns, callback on_match, options how)
{
    if (how.from == source::stream)
        for (auto const& one : patterns)
            if (!one.is_linear())
                return failure(make_error_code(boost::system::errc::not_supported),
                               "look for '" + one.source() +
                                   "' in a stream (back-references, look-around and the "
                                   "like work on the screen only)");
    auto const id = reference{next_reference_++};
    auto one = std::make_shared<expectation>(id, std::move(patterns), std::move(on_match), std::move(how),
                                             registration_floor());
    auto const at = std::min(one->how.position.value_or(waiting_.size()), waiting_.size());
    trace("waits", *one);
    waiting_.insert(waiting_.begin() + static_cast<std::ptrdiff_t>(at), std::move(one));
    return id;
}

bool queue::unexpect(reference which)
{
    auto const at = std::ranges::find(waiting_, which, [](auto const& one) { return one->id; });
    if (at == waiting_.end())
        return false;
    trace("is removed", **at);
    (*at)->removed = true;
    waiting_.erase(at);
    return true;
}

void queue::unexpect_all()
{
    for (auto const& one : waiting_) {
        trace("is removed", *one);
        one->removed = true;
    }
    waiting_.clear();
}

bool queue::watches_screen() const noexcept
{
    return std::ranges::any_of(waiting_, [](auto const& one) { return one->how.from == source::screen; });
}

bool queue::satisfied() const noexcept
{
    return std::ranges::none_of(waiting_, [](auto const& one) { return one->how.as == standing::required; });
}

std::optional<queue::clock::time_point> queue::next_deadline() const noexcept
{
    std::optional<clock::time_point> next;
    for (auto const& one : waiting_)
        if (one->how.deadline && !one->is_sticky() && (!next || *one->how.deadline < *next))
            next = one->how.deadline;
    return next;
}

std::vector<queue::expectation_ptr> queue::looked_for(source from) const
{
    std::vector<expectation_ptr> live;
    bool behind_required = false;
    for (auto const& one : waiting_) {
        if ((one->is_sticky() || !behind_required) && one->how.from == from)
            live.push_back(one);
        behind_required = behind_required || one->how.as == standing::required;
    }
    return live;
}

void queue::retire(expectation const& matched)
{
    // The optional ones before it were for questions that will not come any more.
    bool done = false;
    std::erase_if(waiting_, [&](expectation_ptr const& one) {
        if (done || one->is_sticky())
            return false;
        done = one.get() == &matched;
        one->removed = true;
        return true;
    });
}

void queue::on_stream(base::byte_view bytes)
{
    search_->append(base::text_of(bytes));
    while (stream_turn()) {
    }
    release_stream();
}

bool queue::stream_turn()
{
    return stream_matches(looked_for(source::stream), false);
}

bool queue::stream_matches(std::vector<expectation_ptr> const& live, bool at_end)
{
    std::vector<detail::seeker> seekers;
    for (auto const& one : live) {
        if (!one->is_sticky())
            one->floor = std::max(one->floor, consumed_);
        seekers.push_back({static_cast<std::uint64_t>(one->id), &one->patterns, one->floor});
    }
    auto const hits = at_end ? search_->finish(seekers) : search_->next(seekers);
    if (hits.empty())
        return false;
    turn_ = hits.front().end;
    base::first_exception failed;  // the others that match here are told before it goes on its way
    for (auto const& hit : hits) {
        auto& one =
            **std::ranges::find(live, reference{hit.owner}, [](auto const& each) { return each->id; });
        if (one.removed || one.floor >= hit.end)
            continue;
        bool const consumed = !one.is_sticky() && consumed_ >= hit.end;
        auto const since = std::max(one.floor, search_->tail().begin());
        one.floor = hit.end;
        if (!hit.begin || consumed)
            continue;
        auto const text = search_->tail().between(since, hit.end);
        auto const at = static_cast<std::size_t>(*hit.begin - since);
        match found{one.id,
                    hit.alternative,
                    std::string(text.substr(at)),
                    one.patterns[hit.alternative].groups(text, at, text.size()),
                    {},
                    std::string(text.substr(0, at))};
        trace("matches the stream", one, std::to_string(*hit.begin) + "-" + std::to_string(hit.end));
        if (!one.is_sticky()) {
            consumed_ = hit.end;
            retire(one);
        }
        failed.guard([&] { one.on_match(found); });
    }
    turn_.reset();
    failed.rethrow();
    return true;
}

void queue::release_stream()
{
    auto needed = registration_floor();
    for (auto const& one : waiting_)
        if (one->how.from == source::stream)
            needed = std::min(needed, one->is_sticky() ? one->floor : std::max(one->floor, consumed_));
    search_->release_before(needed);
}

void queue::on_screen(screen_view shown)
{
    answered_->refresh(shown);
    do {
        while (screen_turn(shown)) {
        }
    } while (stream_turn());  // a match on the screen may have let a stream expectation come to its turn
    release_stream();
}

bool queue::screen_turn(screen_view shown)
{
    for (auto const& one : looked_for(source::screen)) {
        for (auto& found : one->on_screen.update(one->patterns, shown)) {
            if (one->removed)
                break;
            if (!one->is_sticky()) {
                if (answered_->contains(found.where, shown.kind))
                    continue;
                answered_->add(found, shown.kind);
                retire(*one);
            }
            trace("matches the screen", *one,
                  "line " + std::to_string(found.where.line) + " column " +
                      std::to_string(found.where.column));
            one->on_match({one->id, found.alternative, std::move(found.text), std::move(found.groups),
                           std::move(found.line), std::string(shown.text.substr(0, found.at))});
            if (!one->is_sticky())
                return true;  // the next one's turn
        }
    }
    return false;
}

void queue::on_time(clock::time_point now)
{
    auto const due = waiting_;  // callbacks may change the queue
    for (auto const& one : due)
        if (!one->removed && !one->is_sticky() && one->how.deadline && *one->how.deadline <= now)
            give_up(one, lapse::timed_out);
    while (stream_turn()) {
    }
}

bool queue::on_end()
{
    while (stream_turn()) {
    }
    while (stream_matches(looked_for(source::stream), true) || end_turn()) {
    }
    bool unanswered = false;
    auto const rest = waiting_;
    for (auto const& one : rest) {
        if (one->removed)
            continue;
        unanswered = unanswered || one->how.as == standing::required;
        if (one->is_sticky())
            unexpect(one->id);
        else
            give_up(one, lapse::ended);
    }
    release_stream();
    return unanswered;
}

void queue::hold_unmatched()
{
    held_ = held_.value_or(search_->tail().end());
}

std::uint64_t queue::registration_floor() const noexcept
{
    if (turn_)
        return *turn_;
    return held_ ? std::max(*held_, consumed_) : search_->tail().end();
}

bool queue::end_turn()
{
    for (auto const from : {source::stream, source::screen})
        for (auto const& one : looked_for(from))
            if (auto const which = one->alternative(pattern::kind::end)) {
                if (one->is_sticky())
                    unexpect(one->id);
                else
                    retire(*one);
                trace("matches the end", *one);
                one->on_match({one->id, *which, {}, {}, {}, {}});
                return true;
            }
    return false;
}

void queue::give_up_first()
{
    auto const first = std::ranges::find_if(waiting_, [](auto const& one) { return !one->is_sticky(); });
    auto const one = first == waiting_.end() ? nullptr : *first;
    if (one)
        give_up(one, lapse::timed_out);
    unexpect_all();
}

void queue::give_up(expectation_ptr const& one, lapse why)
{
    std::erase(waiting_, one);
    one->removed = true;
    trace(why == lapse::ended ? "is given up at the end" : "times out", *one);
    auto const which = why == lapse::timed_out ? one->alternative(pattern::kind::timeout) : std::nullopt;
    if (which)
        one->on_match({one->id, *which, {}, {}, {}, {}});
    else if (one->how.on_lapse)
        one->how.on_lapse(why);
}

void queue::trace_to(std::function<void(std::string_view)> sink)
{
    trace_ = std::move(sink);
}

void queue::trace(std::string_view what, expectation const& which, std::string_view more) const
{
    if (!trace_)
        return;
    std::string line = '#' + std::to_string(static_cast<std::uint64_t>(which.id));
    for (auto const& one : which.patterns)
        line += " '" + one.source() + '\'';
    line += ' ';
    line += what;
    if (!more.empty())
        (line += " at ") += more;
    trace_(line);
}

}  // namespace tendril::expect
