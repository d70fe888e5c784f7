#include <tendril/expect/detail/byte_program.hpp>

#include <algorithm>
#include <ranges>
#include <utility>

namespace tendril::expect::detail {

namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

/// A range without a byte.
constexpr instruction nothing{.what = instruction::kind::bytes, .low = 1, .high = 0};

/// Writes from the end to the start: each piece is told what follows it.
class writer {
public:
    explicit writer(direction way) : way_(way) {}

    std::optional<byte_program> write(syntax_node const& root)
    {
        auto const accept = emit({});
        made_.start = piece(root, accept);
        if (full())
            return std::nullopt;
        refuse_empty_match();
        return std::move(made_);
    }

private:
    [[nodiscard]] bool full() const noexcept { return made_.code.size() > program_limit; }

    std::uint32_t emit(instruction one)
    {
        made_.code.push_back(one);
        return static_cast<std::uint32_t>(made_.code.size() - 1);
    }

    std::uint32_t fork(std::uint32_t next, std::uint32_t other)
    {
        return emit({.what = instruction::kind::fork, .next = next, .other = other});
    }

    /// Gives the start copies of all that can be reached from it without a byte, in which the end is out of
    /// reach. That an empty match is none is then true of every thread, and costs nothing while searching.
    void refuse_empty_match()
    {
        auto const original = made_.code.size();
        std::vector<std::uint32_t> copy_of(original, none);
        auto const nowhere = emit(nothing);
        std::vector<std::uint32_t> copies;
        auto const copied = [&](std::uint32_t at) {
            auto const one = made_.code[at];
            if (one.what == instruction::kind::bytes)
                return at;
            if (one.what == instruction::kind::accept)
                return nowhere;
            if (copy_of[at] == none) {
                copy_of[at] = emit(one);
                copies.push_back(copy_of[at]);
            }
            return copy_of[at];
        };
        made_.start = copied(made_.start);
        for (std::size_t i = 0; i < copies.size(); ++i) {
            auto const [next, other] = std::pair(made_.code[copies[i]].next, made_.code[copies[i]].other);
            auto const is_fork = made_.code[copies[i]].what == instruction::kind::fork;
            auto const new_next = copied(next);
            auto const new_other = is_fork ? copied(other) : other;
            made_.code[copies[i]].next = new_next;
            made_.code[copies[i]].other = new_other;
        }
    }

    std::uint32_t piece(syntax_node const& one, std::uint32_t next)
    {
        if (full())
            return next;
        switch (one.what) {
        case syntax_node::kind::set:
            return set(one.set, next);
        case syntax_node::kind::check:
            made_.checks = true;
            return emit({.what = instruction::kind::check, .where = one.where, .next = next});
        case syntax_node::kind::sequence:
            return sequence(one, next);
        case syntax_node::kind::choice:
            return choice(one, next);
        case syntax_node::kind::repeat:
            return repeat(one, next);
        }
        return next;
    }

    std::uint32_t set(character_set const& characters, std::uint32_t next)
    {
        std::optional<std::uint32_t> entry;
        for (auto const& form : utf8_sequences(characters)) {
            auto at = next;
            auto const link = [&](byte_range range) {
                at = emit(
                    {.what = instruction::kind::bytes, .low = range.low, .high = range.high, .next = at});
            };
            if (way_ == direction::forward)
                std::ranges::for_each(form.view() | std::views::reverse, link);
            else
                std::ranges::for_each(form.view(), link);
            entry = entry ? fork(at, *entry) : at;
        }
        return entry ? *entry : emit(nothing);
    }

    std::uint32_t sequence(syntax_node const& row, std::uint32_t next)
    {
        auto const link = [&](syntax_node const& one) { next = piece(one, next); };
        if (way_ == direction::forward)
            std::ranges::for_each(row.parts | std::views::reverse, link);
        else
            std::ranges::for_each(row.parts, link);
        return next;
    }

    std::uint32_t choice(syntax_node const& branches, std::uint32_t next)
    {
        auto entry = piece(branches.parts.front(), next);
        for (auto const& one : branches.parts | std::views::drop(1)) {
            auto const branch = piece(one, next);
            entry = fork(branch, entry);
        }
        return entry;
    }

    std::uint32_t repeat(syntax_node const& repeated, std::uint32_t next)
    {
        auto const& body = repeated.parts.front();
        auto entry = next;
        if (repeated.most == syntax_node::unlimited) {
            entry = fork(next, next);
            auto const inside = piece(body, entry);
            made_.code[entry].other = inside;
        } else {
            for (auto i = repeated.least; i < repeated.most && !full(); ++i) {
                auto const inside = piece(body, entry);
                entry = fork(inside, next);
            }
        }
        for (unsigned i = 0; i < repeated.least && !full(); ++i)
            entry = piece(body, entry);
        return entry;
    }

    direction way_;
    byte_program made_;
};

}  // namespace

std::optional<byte_program> compile(syntax_node const& root, direction way)
{
    return writer(way).write(root);
}

byte_program compile_exact(std::string_view text)
{
    byte_program made;
    made.code.push_back({});
    for (char const byte : text | std::views::reverse) {
        auto const value = static_cast<std::uint8_t>(byte);
        made.code.push_back({.what = instruction::kind::bytes,
                             .low = value,
                             .high = value,
                             .next = static_cast<std::uint32_t>(made.code.size() - 1)});
    }
    made.start = static_cast<std::uint32_t>(made.code.size() - 1);
    return made;
}

}  // namespace tendril::expect::detail
