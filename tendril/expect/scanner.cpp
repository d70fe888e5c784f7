#include <tendril/expect/detail/scanner.hpp>

#include <algorithm>
#include <utility>

namespace tendril::expect::detail {

namespace {

constexpr std::size_t recent_limit = 4;

std::vector<byte_program const*> forward_programs(std::vector<stream_form_ptr> const& forms)
{
    std::vector<byte_program const*> programs;
    for (auto const& one : forms)
        programs.push_back(&one->forward);
    return programs;
}

}  // namespace

scanner::machine::machine(std::vector<stream_form_ptr> of)
    : forms(std::move(of)), forward(forward_programs(forms), direction::forward), backward(forms.size())
{
}

automaton& scanner::machine::backward_of(std::size_t program)
{
    auto& one = backward[program];
    if (!one)
        one = std::make_unique<automaton>(std::vector{&forms[program]->backward}, direction::backward);
    return *one;
}

std::shared_ptr<scanner::machine> scanner::machine_for(std::vector<lookout> const& wanted)
{
    auto const same = [&](std::shared_ptr<machine> const& one) {
        return std::ranges::equal(one->forms, wanted, {}, {}, &lookout::form);
    };
    auto found = std::ranges::find_if(recent_, same);
    if (found == recent_.end()) {
        std::vector<stream_form_ptr> forms;
        for (auto const& one : wanted)
            forms.push_back(one.form);
        if (recent_.size() == recent_limit)
            recent_.pop_back();
        found = recent_.insert(recent_.begin(), std::make_shared<machine>(std::move(forms)));
    }
    std::rotate(recent_.begin(), found, found + 1);
    return recent_.front();
}

void scanner::carry(std::vector<lookout> const& wanted, machine const& to, scanner const& from,
                    std::vector<std::uint32_t>& threads) const
{
    if (!from.machine_)
        return;
    auto const there = from.machine_->forward.threads(from.place_);
    for (std::size_t i = 0; i < from.watched_.size(); ++i) {
        auto const now = std::ranges::find(wanted, from.watched_[i]);
        if (now == wanted.end())
            continue;
        auto const base = to.forward.offset(static_cast<std::size_t>(now - wanted.begin()));
        auto const first = from.machine_->forward.offset(i);
        auto const size = static_cast<std::uint32_t>(from.watched_[i].form->forward.code.size());
        for (auto const thread : there)
            if (thread >= first && thread - first < size)
                threads.push_back(thread - first + base);
    }
}

void scanner::watch(std::vector<lookout> wanted, stream_tail const& tail, scanner const* donor)
{
    if (wanted == watched_ && !donor && machine_)
        return;
    auto next = machine_for(wanted);
    std::vector<std::uint32_t> threads;
    carry(wanted, *next, *this, threads);
    if (donor)
        carry(wanted, *next, *donor, threads);
    watched_ = std::move(wanted);
    machine_ = std::move(next);
    place_ = machine_->forward.at(std::move(threads), tail.before(position_));
}

void scanner::skip_to(std::uint64_t place, stream_tail const& tail)
{
    position_ = place;
    if (machine_)
        place_ = machine_->forward.at({}, tail.before(position_));
}

std::vector<hit> scanner::run(stream_tail const& tail, std::uint64_t limit)
{
    if (watched_.empty()) {
        skip_to(limit, tail);
        return {};
    }
    auto& forward = machine_->forward;
    auto text = tail.between(position_, limit);
    auto const why = forward.run(place_, text);
    position_ = limit - text.size();
    if (why == automaton::stop::accepted)
        return hits_of(forward.accepting(place_), neighbour::unknown, tail);
    if (why == automaton::stop::end)
        return {};
    auto const next = neighbour_of(text.front());
    return hits_of(forward.accepting(place_, next), next, tail);
}

std::vector<hit> scanner::finish(stream_tail const& tail)
{
    if (watched_.empty())
        return {};
    return hits_of(machine_->forward.accepting_at_edge(place_), neighbour::edge, tail);
}

std::vector<hit> scanner::hits_of(std::vector<std::size_t> const& programs, neighbour after,
                                  stream_tail const& tail)
{
    std::vector<hit> hits;
    for (auto const program : programs) {
        auto const begin = leftmost_start(program, after, tail);
        auto const at = std::ranges::upper_bound(hits, begin, {}, &hit::begin);
        hits.insert(at, {watched_[program].owner, watched_[program].alternative, begin, position_});
    }
    return hits;
}

std::optional<std::uint64_t> scanner::leftmost_start(std::size_t program, neighbour after,
                                                     stream_tail const& tail)
{
    auto const& wanted = watched_[program];
    auto const kept = position_ - std::min<std::uint64_t>(position_, tail.limit_bytes());
    auto const floor = std::max(wanted.floor, kept);
    if (auto const length = wanted.form->exact_bytes; length != 0)
        return position_ - floor < length ? std::nullopt : std::optional(position_ - length);

    auto& backward = machine_->backward_of(program);
    auto text = tail.between(floor, position_);
    auto place = backward.at({}, after);
    std::optional<std::uint64_t> start;
    auto why = automaton::stop::end;
    while (!text.empty() && why != automaton::stop::dead) {
        why = backward.run(place, text);
        while (why == automaton::stop::accepted || why == automaton::stop::accepted_before) {
            start = floor + text.size();
            if (why == automaton::stop::accepted)
                break;
            why = backward.step_over(place, text.back());
            text.remove_suffix(1);
        }
    }
    if (why != automaton::stop::dead && !backward.accepting(place, tail.before(floor)).empty())
        start = floor;
    return start;
}

}  // namespace tendril::expect::detail
