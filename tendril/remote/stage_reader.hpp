#pragma once

/// @file
/// What a first stage says, found among banners and whatever else a far end prints before. Pure.
/// Layer: remote (base). Spec: docs/protocol.md "Bootstrap"; parity row K01.

#include <tendril/base/bytes.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendril::remote {

/// One thing that a first stage said.
struct stage_word {
    enum class kind {
        need,     ///< it wants the program; `rest` is `gzip -dc:Linux x86_64`
        run,      ///< what follows comes from the program
        machine,  ///< there is no program for that machine; `rest` is `Linux riscv64`
        fail,     ///< no place would do; `rest` says why, place by place
        unknown,  ///< something that came after us
    };
    kind what = kind::unknown;
    std::string rest;
};

/// Cuts a far end's output into what the stage said and the rest. Bounded, whatever comes.
class stage_reader {
public:
    /// @p nonce as the stage was given it.
    explicit stage_reader(std::string_view nonce);

    /// Takes what was read.
    void push(base::byte_view bytes);

    /// The next thing said, if it is there whole. Do not ask again after `run`: what follows is not ours.
    [[nodiscard]] std::optional<stage_word> next();

    /// Gives away what was pushed and is not cut yet: after `run`, what the program said.
    [[nodiscard]] std::vector<std::byte> take_rest();

    /// How much take_rest() would give.
    [[nodiscard]] std::size_t waiting() const noexcept { return pending_.size(); }

    /// The last 4 KiB of what was not said by the stage; before `run`.
    [[nodiscard]] std::string noise() const;

    /// True once a mebibyte came that was not said by the stage, or a word of 16 KiB.
    [[nodiscard]] bool flooded() const noexcept;

private:
    void skip(std::size_t count);

    std::string opening_;
    std::string pending_;
    std::string noise_;
    std::size_t skipped_ = 0;
};

}  // namespace tendril::remote
