#include <tendril/expect/detail/automaton.hpp>
#include <tendril/expect/detail/automaton_cell.hpp>

#include <algorithm>
#include <utility>

namespace tendril::expect::detail {

automaton::automaton(std::vector<byte_program const*> programs, direction way) : way_(way)
{
    for (auto const* program : programs) {
        auto const base = static_cast<std::uint32_t>(code_.size());
        offsets_.push_back(base);
        starts_.push_back(base + program->start);
        checks_ = checks_ || program->checks;
        for (auto one : program->code) {
            one.next += base;
            one.other += base;
            code_.push_back(one);
        }
    }
    marks_.resize(code_.size());
    make_byte_classes();
    std::vector<std::uint32_t> fresh;
    mark_anew();
    for (auto const start : starts_)
        follow(start, fresh);
    std::ranges::sort(fresh);
    fresh_.assign(fresh.begin(), fresh.end());
    if (way_ == direction::forward)
        make_first_bytes();
}

void automaton::make_byte_classes()
{
    std::array<bool, 257> begins{};
    auto const mark = [&](unsigned low, unsigned high) { begins[low] = begins[high + 1] = true; };
    for (auto const& one : code_)
        if (one.what == instruction::kind::bytes && one.low <= one.high)
            mark(one.low, one.high);
    if (checks_) {
        mark('\n', '\n');
        mark('\r', '\r');
        mark('0', '9');
        mark('A', 'Z');
        mark('_', '_');
        mark('a', 'z');
    }
    for (unsigned byte = 0; byte < 256; ++byte) {
        if (byte == 0 || begins[byte])
            example_.push_back(static_cast<std::uint8_t>(byte));
        class_of_[byte] = static_cast<std::uint8_t>(example_.size() - 1);
    }
}

void automaton::make_first_bytes()
{
    std::array<bool, 256> can_begin{};
    std::vector<std::uint32_t> reached;
    mark_anew();
    for (auto const start : starts_)
        follow(start, reached);
    for (std::size_t i = 0; i < reached.size(); ++i) {
        auto const& one = code_[reached[i]];
        if (one.what == instruction::kind::check)
            follow(one.next, reached);
        else
            for (unsigned byte = one.low; byte <= one.high; ++byte)
                can_begin[byte] = true;
    }
    auto const count = static_cast<std::size_t>(std::ranges::count(can_begin, true));
    if (count == 0 || count > first_.size())
        return;
    for (unsigned byte = 0; byte < 256; ++byte)
        if (can_begin[byte])
            first_[firsts_++] = static_cast<char>(byte);
    for (auto i = firsts_; i < first_.size(); ++i)
        first_[i] = first_[0];
}

void automaton::mark_anew()
{
    if (++mark_ == 0) {
        std::ranges::fill(marks_, 0U);
        mark_ = 1;
    }
}

void automaton::follow(std::uint32_t entry, std::vector<std::uint32_t>& into)
{
    pending_.push_back(entry);
    while (!pending_.empty()) {
        auto const at = pending_.back();
        pending_.pop_back();
        if (std::exchange(marks_[at], mark_) == mark_)
            continue;
        auto const& one = code_[at];
        if (one.what == instruction::kind::fork) {
            pending_.push_back(one.other);
            pending_.push_back(one.next);
        } else {
            into.push_back(at);
        }
    }
}

automaton::expansion automaton::expand(std::u32string const& key, neighbour next)
{
    auto const behind = static_cast<neighbour>(key.back());
    auto const before = way_ == direction::forward ? behind : next;
    auto const after = way_ == direction::forward ? next : behind;
    expansion made;
    made.threads.assign(key.begin(), key.end() - 1);
    auto const already = made.threads.size();
    mark_anew();
    for (auto const thread : made.threads)
        marks_[thread] = mark_;
    for (std::size_t i = 0; i < made.threads.size(); ++i) {
        auto const thread = made.threads[i];
        auto const& one = code_[thread];
        if (one.what == instruction::kind::check && holds(one.where, before, after))
            follow(one.next, made.threads);
        else if (one.what == instruction::kind::accept && i >= already)
            made.accepted.push_back(thread);
    }
    return made;
}

std::uint32_t automaton::flags_of(std::u32string const& key) const
{
    bool const empty = key.size() == 1;
    if (empty && way_ == direction::backward)
        return stop_flag | dead_flag;
    for (std::size_t i = 0; i + 1 < key.size(); ++i)
        if (code_[key[i]].what == instruction::kind::accept)
            return stop_flag | accept_flag;
    bool const idle = firsts_ != 0 && key.compare(0, key.size() - 1, fresh_) == 0;
    return idle ? idle_flag : 0;
}

automaton::cell automaton::intern(std::u32string key)
{
    auto const [at, is_new] = known_.try_emplace(std::move(key), 0);
    if (is_new) {
        auto const row = static_cast<cell>(table_.size());
        table_.resize(table_.size() + example_.size(), unbuilt);
        keys_.push_back(&at->first);
        key_bytes_ += at->first.size() * sizeof(char32_t);
        at->second = row | flags_of(at->first);
    }
    return at->second;
}

automaton::cell automaton::build(place& from, std::uint8_t byte)
{
    if (table_.size() * sizeof(cell) + key_bytes_ > cache_limit_bytes) {
        auto const here = key_of(from);
        table_.clear();
        known_.clear();
        keys_.clear();
        key_bytes_ = 0;
        line_start_.reset();
        from = intern(here) & place_mask;
    }
    auto const group = class_of_[byte];
    auto const example = example_[group];
    auto const next = neighbour_of(static_cast<char>(example));
    auto const here = expand(key_of(from), next);
    std::vector<std::uint32_t> into;
    mark_anew();
    for (auto const thread : here.threads) {
        auto const& one = code_[thread];
        if (one.what == instruction::kind::bytes && one.low <= example && example <= one.high)
            follow(one.next, into);
    }
    if (way_ == direction::forward)
        for (auto const start : starts_)
            follow(start, into);
    std::ranges::sort(into);
    std::u32string key(into.begin(), into.end());
    key.push_back(static_cast<char32_t>(checks_ ? next : neighbour::other));
    auto target = intern(std::move(key));
    if (!here.accepted.empty())
        target |= stop_flag | delayed_flag;
    table_[from + group] = target;
    return target;
}

automaton::place automaton::at(std::vector<std::uint32_t> threads, neighbour before)
{
    mark_anew();
    for (auto const thread : threads)
        marks_[thread] = mark_;
    for (auto const start : starts_)
        follow(start, threads);
    std::ranges::sort(threads);
    std::u32string key(threads.begin(), threads.end());
    key.push_back(static_cast<char32_t>(checks_ ? before : neighbour::other));
    return intern(std::move(key)) & place_mask;
}

std::size_t automaton::program_of(std::uint32_t thread) const
{
    return static_cast<std::size_t>(std::ranges::upper_bound(offsets_, thread) - offsets_.begin()) - 1;
}

std::vector<std::size_t> automaton::accepting(place here) const
{
    std::vector<std::size_t> programs;
    for (auto const thread : key_of(here).substr(0, key_of(here).size() - 1))
        if (code_[thread].what == instruction::kind::accept)
            programs.push_back(program_of(thread));
    return programs;
}

std::vector<std::size_t> automaton::accepting(place here, neighbour next)
{
    std::vector<std::size_t> programs;
    for (auto const thread : expand(key_of(here), next).accepted)
        programs.push_back(program_of(thread));
    std::ranges::sort(programs);
    return programs;
}

std::vector<std::uint32_t> automaton::threads(place here) const
{
    std::vector<std::uint32_t> found;
    for (auto const thread : key_of(here).substr(0, key_of(here).size() - 1))
        if (code_[thread].what != instruction::kind::accept)
            found.push_back(thread);
    return found;
}

}  // namespace tendril::expect::detail
