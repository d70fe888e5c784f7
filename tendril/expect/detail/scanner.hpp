#pragma once

/// @file
/// One way through the stream with everything that is looked for there. Layer: expect. Spec: docs/adr/0019.

#include <tendril/expect/detail/automaton.hpp>
#include <tendril/expect/detail/stream_form.hpp>
#include <tendril/expect/detail/stream_tail.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace tendril::expect::detail {

/// One alternative of an expectation.
struct lookout {
    std::uint64_t owner = 0;
    std::size_t alternative = 0;
    stream_form_ptr form;
    std::uint64_t floor = 0;  ///< no match begins before this place in the stream

    bool operator==(lookout const&) const = default;
};

/// A match of one alternative; `begin` is absent when it began before what is kept, and is lost then.
struct hit {
    std::uint64_t owner = 0;
    std::size_t alternative = 0;
    std::optional<std::uint64_t> begin;
    std::uint64_t end = 0;
};

/// Sees each byte once, from where it was put on.
class scanner {
public:
    explicit scanner(std::uint64_t position) : position_(position) {}

    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }
    [[nodiscard]] std::vector<lookout> const& watched() const noexcept { return watched_; }

    /// Looks for @p wanted from here on. What was looked for before, here or by @p donor at the same place,
    /// and has the same floor, goes on with the matches in progress; the rest begins here.
    void watch(std::vector<lookout> wanted, stream_tail const& tail, scanner const* donor = nullptr);

    /// Goes on to @p limit, or to the first place where something matches: all that do, leftmost first, then
    /// in the order of the list. The caller must raise their floors to that place, or stop looking for them.
    [[nodiscard]] std::vector<hit> run(stream_tail const& tail, std::uint64_t limit);

    /// What matches at the end of the stream because it is the end.
    [[nodiscard]] std::vector<hit> finish(stream_tail const& tail);

    /// Leaves everything up to @p place out.
    void skip_to(std::uint64_t place, stream_tail const& tail);

private:
    struct machine {
        std::vector<stream_form_ptr> forms;
        automaton forward;
        std::vector<std::unique_ptr<automaton>> backward;  // made when first needed
        explicit machine(std::vector<stream_form_ptr> of);
        [[nodiscard]] automaton& backward_of(std::size_t program);
    };

    [[nodiscard]] std::shared_ptr<machine> machine_for(std::vector<lookout> const& wanted);
    void carry(std::vector<lookout> const& wanted, machine const& to, scanner const& from,
               std::vector<std::uint32_t>& threads) const;
    [[nodiscard]] std::vector<hit> hits_of(std::vector<std::size_t> const& programs, neighbour after,
                                           stream_tail const& tail);
    [[nodiscard]] std::optional<std::uint64_t> leftmost_start(std::size_t program, neighbour after,
                                                              stream_tail const& tail);

    std::uint64_t position_;
    std::vector<lookout> watched_;
    std::shared_ptr<machine> machine_;  // shared with the recent ones
    automaton::place place_ = 0;
    std::vector<std::shared_ptr<machine>> recent_;  // a dialogue asks for the same again and again
};

}  // namespace tendril::expect::detail
