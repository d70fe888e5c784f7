#include <tendril/term/detail/dispatch_table.hpp>

namespace tendril::term::detail {

namespace {

void sd_unless_tracking(state& s, numbers n)
{
    if (n.size() <= 1)  // with five numbers it starts highlight mouse tracking
        sd(s, n);
}

void decslrm_or_decsc(state& s, numbers n)
{
    if (s.is(mode::left_right_margins))
        decslrm(s, n);
    else
        decsc(s);
}

/// Reports that are asked for with 0; other numbers are kept for what nobody knows.
template <void (*Report)(state&)>
void on_zero(state& s, numbers n)
{
    if (n[0] == 0)
        Report(s);
}

constexpr dispatch_table control_sequences({
    // the cursor and tab stops
    {"A", call<cuu>},
    {"B", call<cud>},
    {"C", call<cuf>},
    {"D", call<cub>},
    {"E", call<cnl>},
    {"F", call<cpl>},
    {"G", call<cha>},
    {"`", call<cha>},
    {"H", call<cup>},
    {"f", call<cup>},
    {"I", call<cht>},
    {"Z", call<cbt>},
    {"a", call<hpr>},
    {"d", call<vpa>},
    {"e", call<vpr>},
    {"g", call<tbc>},
    {"s", call<decslrm_or_decsc>},
    {"u", call<decrc>},
    {"?W", call<decst8c>},
    {" q", call<decscusr>},
    // erasing and editing
    {"@", call<ich>},
    {"J", call<ed, erasure::all>},
    {"K", call<el, erasure::all>},
    {"?J", call<ed, erasure::selective>},
    {"?K", call<el, erasure::selective>},
    {"L", call<il>},
    {"M", call<dl>},
    {"P", call<dch>},
    {"X", call<ech>},
    {"b", call<rep>},
    {"'}", call<decic>},
    {"'~", call<decdc>},
    {"\"q", call<decsca>},
    // scrolling
    {"S", call<su>},
    {"T", call<sd_unless_tracking>},
    {"^", call<sd>},
    {" @", call<sl>},
    {" A", call<sr>},
    {"r", call<decstbm>},
    // renditions and colours
    {"m", call<sgr>},
    {"#{", call<xtpushsgr>},
    {"#p", call<xtpushsgr>},
    {"#}", call<xtpopsgr>},
    {"#q", call<xtpopsgr>},
    {"#|", call<xtreportsgr>},
    {"#P", call<xtpushcolors>},
    {"#Q", call<xtpopcolors>},
    {"#R", call<xtreportcolors>},
    // rectangles
    {"$r", call<deccara>},
    {"$t", call<decrara>},
    {"$v", call<deccra>},
    {"$x", call<decfra>},
    {"$z", call<decera, erasure::all>},
    {"${", call<decera, erasure::selective>},
    {"*x", call<decsace>},
    {"*y", call<decrqcra>},
    {"#y", call<xtchecksum>},
    // modes
    {"h", call<sm, mode_space::ansi>},
    {"l", call<rm, mode_space::ansi>},
    {"?h", call<sm, mode_space::dec>},
    {"?l", call<rm, mode_space::dec>},
    {"?r", call<xtrestore>},
    {"?s", call<xtsave>},
    {"$p", call<decrqm, mode_space::ansi>},
    {"?$p", call<decrqm, mode_space::dec>},
    {"!p", call<decstr>},
    {"\"p", call<decscl>},
    // the keyboard
    {"<u", call<kitty_keyboard, '<'>},
    {"=u", call<kitty_keyboard, '='>},
    {">u", call<kitty_keyboard, '>'>},
    {"?u", call<kitty_keyboard, '?'>},
    {">m", call<xtmodkeys>},
    {"?m", call<xtqmodkeys>},
    {">f", call<xtfmtkeys>},
    {"?g", call<xtqfmtkeys>},
    {">s", call<xtshiftescape>},
    // the window, its titles and its status line
    {"t", call<xtwinops>},
    {">t", call<xtsmtitle, true>},
    {">T", call<xtsmtitle, false>},
    {"$|", call<decscpp>},
    {"*|", call<decsnls>},
    {"$}", call<decsasd>},
    {"$~", call<decssdt>},
    // reports
    {"c", call<on_zero<da1>>},
    {">c", call<on_zero<da2>>},
    {"=c", call<on_zero<da3>>},
    {">q", call<on_zero<xtversion>>},
    {"n", call<dsr>},
    {"?n", call<dsr_dec>},
    {"x", call<decreqtparm>},
    {"?S", call<xtsmgraphics>},
    {"$w", call<decrqpsr>},
    {"\"v", call<decrqde>},
    {"&u", call<decrqupss>},
    {"'|", call<decrqlp>},
});

/// xterm: parts of numbers mean something in SGR only; DECCARA and DECRARA take the same numbers.
bool takes_parts(vt::sequence const& what) noexcept
{
    return what.final == 'm' || what.intermediates[0] == '$';
}

}  // namespace

void control_sequence(state& s, vt::sequence const& what)
{
    if (what.numbers.has_subs()) [[unlikely]]
        if (!takes_parts(what))
            return;
    if (auto const function = control_sequences.find(what))
        function(s, what);
}

}  // namespace tendril::term::detail
