#include <array>
#include <string_view>

#include <tests/conformance/common_vocabulary.hpp>

namespace tendril::conformance {

namespace {

/// `#` is a number from 1 to 9, `!` a row, `~` a column, `*` a few letters, `^` and `_`
/// a row of the upper and of the lower half.
constexpr std::array<std::string_view, 64> pieces{"*",
                                                  "*",
                                                  "*",
                                                  "* ",
                                                  "*****",
                                                  "\r",
                                                  "\b\n",
                                                  "\r\n",
                                                  "\r\t",
                                                  "\b",
                                                  "\x1b[!;~H",
                                                  "\x1b[!;~H",
                                                  "\x1b[!H",
                                                  "\x1b[~G",
                                                  "\x1b[!d",
                                                  "\x1b[r\x1b[!;~H\x1b[#A",
                                                  "\x1b[r\x1b[!;~H\x1b[#B",
                                                  "\x1b[#C",
                                                  "\x1b[#D",
                                                  "\x1b[r\x1b[!;~H\x1b[#E",
                                                  "\x1b[r\x1b[!;~H\x1b[#F",
                                                  "\x1b[H",
                                                  "\b\x1b[J",
                                                  "\x1b[1J",
                                                  "\x1b[2J",
                                                  "\r\x1b[K",
                                                  "\b\x1b[1K",
                                                  "\x1b[2K",
                                                  "\x1b[H\x1b[#L",
                                                  "\r\x1b[#M",
                                                  "\x1b[49m\x1b[r\x1b[!;~H\x1b[#P",
                                                  "\x1b[49m\x1b[r\x1b[!;~H\x1b[#@",
                                                  "\b\x1b[#X",
                                                  "\x1b[#S",
                                                  "\x1b[#T",
                                                  "\x1b[^;_r",
                                                  "\x1b[r",
                                                  "\b\x1b"
                                                  "D",
                                                  "\b\x1b"
                                                  "M",
                                                  "\x1b"
                                                  "E",
                                                  "\x1b[m",
                                                  "\x1b[1m",
                                                  "\x1b[3m",
                                                  "\x1b[4m",
                                                  "\x1b[7m",
                                                  "\x1b[9m",
                                                  "\x1b[22m",
                                                  "\x1b[23m",
                                                  "\x1b[24m",
                                                  "\x1b[27m",
                                                  "\x1b[3#m",
                                                  "\x1b[4#m",
                                                  "\x1b[39m",
                                                  "\x1b[49m",
                                                  "\x1b[9#m",
                                                  "\x1b[38;5;##m",
                                                  "\x1b[48;2;#;##;#m",
                                                  "*",
                                                  "**",
                                                  "\x1b[?6h",
                                                  "\x1b[?6l",
                                                  "\x1b[4h*\x1b[4l",
                                                  "\x1b(0*\x1b(B",
                                                  "\x1b[H\xc3\xa9"};

class chooser {
public:
    explicit chooser(std::span<std::uint8_t const> bytes) : bytes_(bytes) {}

    [[nodiscard]] bool done() const noexcept { return bytes_.empty(); }
    int below(int limit)
    {
        if (bytes_.empty())
            return 0;
        auto const value = bytes_.front() % limit;
        bytes_ = bytes_.subspan(1);
        return value;
    }

private:
    std::span<std::uint8_t const> bytes_;
};

}  // namespace

std::string common_output(std::span<std::uint8_t const> choices, int columns, int rows)
{
    chooser next(choices);
    std::string output;
    while (!next.done()) {
        for (auto const each :
             pieces[static_cast<std::size_t>(next.below(static_cast<int>(pieces.size())))]) {
            if (each == '#')
                output += static_cast<char>('1' + next.below(7));
            else if (each == '!')
                output += std::to_string(1 + next.below(rows));
            else if (each == '~')
                output += std::to_string(1 + next.below(columns));
            else if (each == '^')
                output += std::to_string(1 + next.below(rows / 2));
            else if (each == '_')
                output += std::to_string(rows / 2 + 1 + next.below(rows - rows / 2));
            else if (each == '*')
                for (auto left = 1 + next.below(6); left > 0; --left)
                    output += static_cast<char>('a' + next.below(24));
            else
                output += each;
        }
    }
    return output;
}

std::string random_choices(std::mt19937& random, std::size_t count)
{
    std::string bytes;
    while (bytes.size() < count)
        bytes += static_cast<char>(random());
    return bytes;
}

}  // namespace tendril::conformance
