#pragma once

/// @file
/// Several byte programs run side by side, made deterministic as far as the input needs it.
/// Layer: expect. Spec: parity row X10; docs/adr/0019.

#include <tendril/expect/detail/byte_program.hpp>
#include <tendril/expect/detail/neighbour.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tendril::expect::detail {

/// The threads of all programs at one place, and how to go on from there with each byte.
///
/// Cost: one table look-up a byte, once a transition was taken before; the first time as much as there are
/// threads. Pressure: at most cache_limit_bytes of transitions; when they are full they are forgotten and
/// made anew.
/// Threads: one object belongs to one strand.
class automaton {
public:
    static constexpr std::size_t cache_limit_bytes = 512 * 1024;

    /// Where a scan stands. Valid until the automaton is asked to forget or makes another place().
    using place = std::uint32_t;

    /// Why a scan stopped.
    enum class stop : std::uint8_t {
        end,              ///< all bytes are taken
        accepted,         ///< a program accepts here
        accepted_before,  ///< a program accepts here because of the byte that comes next; that is not taken
        dead,             ///< no thread is left (backward only)
    };

    /// The programs outlive the object. Forward, threads begin at every place; backward, only at the first.
    automaton(std::vector<byte_program const*> programs, direction way);

    /// The place of a set of @p threads (numbers as from threads()) behind @p before. Adds the start of every
    /// program.
    [[nodiscard]] place at(std::vector<std::uint32_t> threads, neighbour before);

    /// Takes bytes from @p from until one of the reasons to stop; @p from moves on, @p text says where.
    /// Backward: bytes are taken from the end of the text.
    stop run(place& from, std::string_view& text);

    /// Takes one byte without a look at what accepts before it.
    stop step_over(place& from, char byte);

    /// What accepts at the end of the stream.
    [[nodiscard]] std::vector<std::size_t> accepting_at_edge(place from)
    {
        return accepting(from, neighbour::edge);
    }

    /// The programs that accept at @p here whatever follows, in ascending order.
    [[nodiscard]] std::vector<std::size_t> accepting(place here) const;

    /// The programs that accept at @p here because @p next follows.
    [[nodiscard]] std::vector<std::size_t> accepting(place here, neighbour next);

    /// The threads at @p here: instruction numbers, program after program as offset() says.
    [[nodiscard]] std::vector<std::uint32_t> threads(place here) const;

    /// The number of the first instruction of a program.
    [[nodiscard]] std::uint32_t offset(std::size_t program) const noexcept { return offsets_[program]; }

private:
    using cell = std::uint32_t;
    struct expansion {
        std::vector<std::uint32_t> threads;
        std::vector<std::uint32_t> accepted;
    };

    void make_byte_classes();
    void make_first_bytes();
    [[nodiscard]] expansion expand(std::u32string const& key, neighbour next);
    void follow(std::uint32_t entry, std::vector<std::uint32_t>& into);
    void mark_anew();
    [[nodiscard]] cell intern(std::u32string key);
    [[nodiscard]] cell build(place& from, std::uint8_t byte);
    [[nodiscard]] std::size_t program_of(std::uint32_t thread) const;
    [[nodiscard]] cell flags_of(std::u32string const& key) const;
    [[nodiscard]] place idle_behind(neighbour before);
    [[nodiscard]] std::size_t skip(std::string_view text) const noexcept;
    [[nodiscard]] std::u32string const& key_of(place here) const { return *keys_[here / example_.size()]; }
    /// Takes a beginning of @p text that stops nowhere and needs no new cell; returns how much. There are no
    /// first bytes.
    [[nodiscard]] std::size_t run_lanes(place& from, std::string_view text);
    stop run_forward(place& from, std::string_view& text);
    stop run_backward(place& from, std::string_view& text);

    direction way_;
    std::vector<instruction> code_;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint32_t> starts_;
    std::u32string fresh_;  // the threads of the starts, sorted
    bool checks_ = false;

    std::array<std::uint8_t, 256> class_of_{};
    std::vector<std::uint8_t> example_;  // a byte of each class
    std::array<char, 3> first_{};        // the bytes that a match can begin with, when they are few
    std::size_t firsts_ = 0;             // 0: they are many
    int skip_credit_ = 0;
    std::optional<place> line_start_;  // where the last line began, and so, most often, the next one
    int lanes_penalty_ = 0;            // this many texts are not worth another guess

    std::vector<cell> table_;
    std::unordered_map<std::u32string, cell> known_;
    std::vector<std::u32string const*> keys_;  // by place / width
    std::size_t key_bytes_ = 0;
    std::vector<std::uint32_t> marks_;
    std::uint32_t mark_ = 0;
    std::vector<std::uint32_t> pending_;
};

}  // namespace tendril::expect::detail
