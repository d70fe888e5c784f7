#include <tendril/term/detail/controls.hpp>

namespace tendril::term::detail {

void scs(state& s, char intermediate, char final)
{
    // 94-character sets go to G0-G3 by `()*+`; the 96-character designators `-./` have no set here.
    auto const index = static_cast<std::size_t>(intermediate - '(');
    if (index >= s.at.charsets.sets.size())
        return;
    auto set = charset::ascii;
    if (final == '0' || final == '2')
        set = charset::dec_graphics;
    else if (final == 'A')
        set = charset::british;
    s.at.charsets.sets[index] = set;
}

void locking_shift(state& s, std::uint8_t set)
{
    s.at.charsets.left = set;
}

void single_shift(state& s, std::uint8_t set)
{
    s.at.charsets.single_shift = set;
}

}  // namespace tendril::term::detail
