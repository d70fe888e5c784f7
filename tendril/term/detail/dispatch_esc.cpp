#include <tendril/term/detail/dispatch_table.hpp>

namespace tendril::term::detail {

namespace {

constexpr dispatch_table escape_sequences({
    // the two-byte forms of C1 controls
    {"D", call<ind>},
    {"E", call<nel>},
    {"H", call<hts>},
    {"M", call<ri>},
    {"N", call<single_shift, 2>},
    {"O", call<single_shift, 3>},
    {"V", call<spa>},
    {"W", call<epa>},
    {"Z", call<da1>},
    // the cursor and the keypad
    {"6", call<decbi>},
    {"7", call<decsc>},
    {"8", call<decrc>},
    {"9", call<decfi>},
    {"=", call<deckpam>},
    {">", call<deckpnm>},
    // character sets
    {"n", call<locking_shift, 2>},
    {"o", call<locking_shift, 3>},
    {"|", call<locking_shift_right, 3>},
    {"}", call<locking_shift_right, 2>},
    {"~", call<locking_shift_right, 1>},
    {"%@", call<docs, true>},
    {"%G", call<docs, false>},
    {" L", call<announce, 'L'>},
    {" M", call<announce, 'M'>},
    {" N", call<announce, 'N'>},
    // lines, replies, the terminal itself
    {"#3", call<set_line_size, line_size::double_height_top>},
    {"#4", call<set_line_size, line_size::double_height_bottom>},
    {"#5", call<set_line_size, line_size::single>},
    {"#6", call<set_line_size, line_size::double_width>},
    {"#8", call<decaln>},
    {" F", call<s7c1t>},
    {" G", call<s8c1t>},
    {"c", call<ris>},
});

}  // namespace

void escape_sequence(state& s, vt::sequence const& what)
{
    if (auto const function = escape_sequences.find(what))
        function(s, what);
}

}  // namespace tendril::term::detail
