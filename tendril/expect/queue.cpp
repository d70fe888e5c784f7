#include <tendril/expect/detail/screen_search.hpp>
#include <tendril/expect/detail/stream_search.hpp>
#include <tendril/expect/queue.hpp>

#include <algorithm>
#include <utility>

namespace tendril::expect {

namespace {

constexpr std::size_t stream_limit_bytes = 1024 * 1024;

}  // namespace

struct queue::expectation {
    reference id{};
    std::vector<pattern> patterns;
    callback on_match;
    options how;
    detail::stream_search in_stream;
    detail::screen_search on_screen;
    bool removed = false;

    [[nodiscard]] bool is_sticky() const noexcept { return how.as == standing::sticky; }
};

queue::queue()
    : tail_(std::make_unique<detail::stream_tail>(stream_limit_bytes)),
      answered_(std::make_unique<detail::answered_places>())
{
}

queue::~queue() = default;

reference queue::expect(std::vector<pattern> patterns, callback on_match, options how)
{
    auto const id = reference{next_reference_++};
    detail::stream_search search(patterns.size(), tail_->end());
    auto one =
        std::make_shared<expectation>(id, std::move(patterns), std::move(on_match), how, std::move(search));
    auto const at = std::min(how.position.value_or(waiting_.size()), waiting_.size());
    waiting_.insert(waiting_.begin() + static_cast<std::ptrdiff_t>(at), std::move(one));
    return id;
}

bool queue::unexpect(reference which)
{
    auto const at = std::ranges::find(waiting_, which, [](auto const& one) { return one->id; });
    if (at == waiting_.end())
        return false;
    (*at)->removed = true;
    waiting_.erase(at);
    return true;
}

void queue::unexpect_all()
{
    for (auto const& one : waiting_)
        one->removed = true;
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
    tail_->append(base::text_of(bytes));
    while (stream_turn()) {
    }
    release_stream();
}

bool queue::stream_turn()
{
    for (auto const& one : looked_for(source::stream)) {
        if (!one->is_sticky())
            one->in_stream.skip_to(consumed_);
        while (!one->removed) {
            auto found = one->in_stream.next(one->patterns, *tail_);
            if (!found)
                break;
            if (!one->is_sticky()) {
                consumed_ = found->end;
                retire(*one);
            }
            one->on_match(
                {one->id, found->alternative, std::move(found->text), std::move(found->groups), {}});
            if (!one->is_sticky())
                return true;  // the next one's turn
        }
    }
    return false;
}

void queue::release_stream()
{
    auto needed = tail_->end();
    for (auto const& one : waiting_)
        if (one->how.from == source::stream)
            needed = std::min(needed, one->in_stream.needed_from(one->patterns));
    tail_->release_before(needed);
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
            one->on_match({one->id, found.alternative, std::move(found.text), std::move(found.groups),
                           std::move(found.line)});
            if (!one->is_sticky())
                return true;  // the next one's turn
        }
    }
    return false;
}

}  // namespace tendril::expect
