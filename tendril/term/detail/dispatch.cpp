#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/print.hpp>

#include <string>
#include <utility>

namespace tendril::term::detail {

namespace {

using vt::key_of;

vt::encoding input_of(state const& s) noexcept
{
    return s.chosen.eight_bit_input ? vt::encoding::eight_bit : vt::encoding::utf_8;
}

/// The parser's handler: finds the control function behind a sequence. What it does not know it ignores.
struct dispatcher {
    state& s;
    vt::parser& parser;

    void print_ascii(std::string_view run)
    {
        if (s.vt52_operands > 0)
            run = vt52_operands(s, run);
        if (!s.chosen.status_line_selected)
            detail::print_ascii(s, run);
    }

    void print(std::u32string_view text)
    {
        if (s.chosen.status_line_selected)
            return;
        if (s.chosen.eight_bit_input)
            print_upper_half(s, text);
        else
            detail::print_text(s, text);
    }

    void execute(char control)
    {
        s.join.open = false;
        if (s.chosen.status_line_selected)
            return;
        switch (control) {
        case '\a':
            notify(s, {.what = event::kind::bell, .text = {}, .detail = {}});
            break;
        case '\b':
            bs(s);
            break;
        case '\t':
            ht(s);
            break;
        case '\n':
        case '\v':
        case '\f':
            lf(s);
            break;
        case '\r':
            cr(s);
            break;
        case 0x0E:
            locking_shift(s, 1);
            break;
        case 0x0F:
            locking_shift(s, 0);
            break;
        default:
            break;
        }
    }

    void esc(vt::sequence const& what);
    void csi(vt::sequence const& what);
    void csi_plain(char final, numbers n);
    void csi_dec(vt::sequence const& what);
    void csi_intermediate(vt::sequence const& what);

    void osc(std::string_view payload, vt::terminator end) { detail::osc(s, payload, end); }

    void dcs(vt::sequence const& what, std::string_view payload, vt::terminator)
    {
        switch (what.key()) {
        case key_of(0, '$', 'q'):
            decrqss(s, payload);
            break;
        case key_of(0, '+', 'q'):
            xtgettcap(s, payload);
            break;
        case key_of(0, 0, '|'):
            decudk(s, what.numbers, payload);
            break;
        case key_of(0, '$', 't'):
            decrsps(s, what.numbers, payload);
            break;
        case key_of(0, 0, 'q'):
            sixel(s, payload);
            break;
        default:
            break;
        }
    }

    void apc(std::string_view payload)
    {
        if (payload.starts_with('G'))
            kitty_image(s, payload.substr(1));
    }
};

void dispatcher::esc(vt::sequence const& what)
{
    s.join.open = false;
    if (!s.is(mode::ansi)) {
        vt52(s, what.final);
        parser.read_as(input_of(s));  // ESC c resets
        return;
    }
    if (what.intermediates[0] >= '(' && what.intermediates[0] <= '/' && what.intermediates[0] != ',') {
        scs(s, what);
        return;
    }
    if (s.chosen.status_line_selected && what.key() != key_of(0, 0, 'c'))
        return;
    switch (what.key()) {
    case key_of(0, '%', '@'):
        s.chosen.eight_bit_input = true;
        parser.read_as(input_of(s));
        break;
    case key_of(0, '%', 'G'):
        s.chosen.eight_bit_input = false;
        parser.read_as(input_of(s));
        break;
    case key_of(0, ' ', 'F'):
        s7c1t(s);
        break;
    case key_of(0, ' ', 'G'):
        s8c1t(s);
        break;
    case key_of(0, ' ', 'L'):
    case key_of(0, ' ', 'M'):
    case key_of(0, ' ', 'N'):
        announce(s, what.final);
        break;
    case key_of(0, '#', '3'):
        set_line_size(s, line_size::double_height_top);
        break;
    case key_of(0, '#', '4'):
        set_line_size(s, line_size::double_height_bottom);
        break;
    case key_of(0, '#', '5'):
        set_line_size(s, line_size::single);
        break;
    case key_of(0, '#', '6'):
        set_line_size(s, line_size::double_width);
        break;
    case key_of(0, 0, 'V'):
        spa(s);
        break;
    case key_of(0, 0, 'W'):
        epa(s);
        break;
    case key_of(0, 0, '|'):
        locking_shift_right(s, 3);
        break;
    case key_of(0, 0, '}'):
        locking_shift_right(s, 2);
        break;
    case key_of(0, 0, '~'):
        locking_shift_right(s, 1);
        break;
    case key_of(0, 0, '6'):
        decbi(s);
        break;
    case key_of(0, 0, '7'):
        decsc(s);
        break;
    case key_of(0, 0, '8'):
        decrc(s);
        break;
    case key_of(0, 0, '9'):
        decfi(s);
        break;
    case key_of(0, 0, '='):
        deckpam(s);
        break;
    case key_of(0, 0, '>'):
        deckpnm(s);
        break;
    case key_of(0, 0, 'D'):
        ind(s);
        break;
    case key_of(0, 0, 'E'):
        nel(s);
        break;
    case key_of(0, 0, 'H'):
        hts(s);
        break;
    case key_of(0, 0, 'M'):
        ri(s);
        break;
    case key_of(0, 0, 'N'):
        single_shift(s, 2);
        break;
    case key_of(0, 0, 'O'):
        single_shift(s, 3);
        break;
    case key_of(0, 0, 'Z'):
        da1(s);
        break;
    case key_of(0, 0, 'c'):
        ris(s);
        parser.read_as(input_of(s));
        break;
    case key_of(0, 0, 'n'):
        locking_shift(s, 2);
        break;
    case key_of(0, 0, 'o'):
        locking_shift(s, 3);
        break;
    case key_of(0, '#', '8'):
        decaln(s);
        break;
    default:
        break;
    }
}

void dispatcher::csi(vt::sequence const& what)
{
    s.join.open = what.final == 'm' && s.join.open;  // colour alone does not part a letter from its mark
    if (what.intermediates[0] != 0)
        csi_intermediate(what);
    else if (s.chosen.status_line_selected)
        return;
    else if (what.prefix != 0)
        csi_dec(what);
    else
        csi_plain(what.final, what.numbers);
}

void dispatcher::csi_plain(char final, numbers n)
{
    switch (final) {
    case '@':
        ich(s, n);
        break;
    case 'A':
        cuu(s, n);
        break;
    case 'B':
        cud(s, n);
        break;
    case 'C':
        cuf(s, n);
        break;
    case 'D':
        cub(s, n);
        break;
    case 'E':
        cnl(s, n);
        break;
    case 'F':
        cpl(s, n);
        break;
    case 'G':
    case '`':
        cha(s, n);
        break;
    case 'H':
    case 'f':
        cup(s, n);
        break;
    case 'I':
        cht(s, n);
        break;
    case 'J':
        ed(s, n, erasure::all);
        break;
    case 'K':
        el(s, n, erasure::all);
        break;
    case 'L':
        il(s, n);
        break;
    case 'M':
        dl(s, n);
        break;
    case 'P':
        dch(s, n);
        break;
    case 'S':
        su(s, n);
        break;
    case 'T':
        if (n.size() <= 1)  // with five numbers it starts highlight mouse tracking
            sd(s, n);
        break;
    case '^':
        sd(s, n);
        break;
    case 'X':
        ech(s, n);
        break;
    case 'Z':
        cbt(s, n);
        break;
    case 'a':
        hpr(s, n);
        break;
    case 'b':
        rep(s, n);
        break;
    case 'c':
        if (n[0] == 0)
            da1(s);
        break;
    case 'd':
        vpa(s, n);
        break;
    case 'e':
        vpr(s, n);
        break;
    case 'g':
        tbc(s, n);
        break;
    case 'h':
        sm(s, mode_space::ansi, n);
        break;
    case 'l':
        rm(s, mode_space::ansi, n);
        break;
    case 'm':
        sgr(s, n);
        break;
    case 'n':
        dsr(s, n);
        break;
    case 'r':
        decstbm(s, n);
        break;
    case 's':
        if (s.is(mode::left_right_margins))
            decslrm(s, n);
        else
            decsc(s);
        break;
    case 't':
        xtwinops(s, n);
        break;
    case 'u':
        decrc(s);
        break;
    case 'x':
        decreqtparm(s, n);
        break;
    default:
        break;
    }
}

void dispatcher::csi_dec(vt::sequence const& what)
{
    auto const& n = what.numbers;
    switch (what.key()) {
    case key_of('?', 0, 'J'):
        ed(s, n, erasure::selective);
        break;
    case key_of('?', 0, 'K'):
        el(s, n, erasure::selective);
        break;
    case key_of('?', 0, 'W'):
        decst8c(s, n);
        break;
    case key_of('?', 0, 'h'):
        sm(s, mode_space::dec, n);
        break;
    case key_of('?', 0, 'l'):
        rm(s, mode_space::dec, n);
        break;
    case key_of('?', 0, 'm'):
        xtqmodkeys(s, n);
        break;
    case key_of('?', 0, 'n'):
        dsr_dec(s, n);
        break;
    case key_of('?', 0, 'r'):
        xtrestore(s, n);
        break;
    case key_of('?', 0, 's'):
        xtsave(s, n);
        break;
    case key_of('>', 0, 'c'):
        if (n[0] == 0)
            da2(s);
        break;
    case key_of('=', 0, 'c'):
        if (n[0] == 0)
            da3(s);
        break;
    case key_of('?', 0, 'S'):
        xtsmgraphics(s, n);
        break;
    case key_of('?', 0, 'g'):
        xtqfmtkeys(s, n);
        break;
    case key_of('>', 0, 'T'):
        xtsmtitle(s, n, false);
        break;
    case key_of('>', 0, 'f'):
        xtfmtkeys(s, n);
        break;
    case key_of('>', 0, 'm'):
        xtmodkeys(s, n);
        break;
    case key_of('>', 0, 's'):
        xtshiftescape(s, n);
        break;
    case key_of('>', 0, 't'):
        xtsmtitle(s, n, true);
        break;
    case key_of('>', 0, 'q'):
        if (n[0] == 0)
            xtversion(s);
        break;
    case key_of('>', 0, 'u'):
    case key_of('<', 0, 'u'):
    case key_of('=', 0, 'u'):
    case key_of('?', 0, 'u'):
        kitty_keyboard(s, what.prefix, n);
        break;
    default:
        break;
    }
}

void dispatcher::csi_intermediate(vt::sequence const& what)
{
    auto const& n = what.numbers;
    if (s.chosen.status_line_selected && what.intermediates[0] != '$' && what.intermediates[0] != '!')
        return;
    switch (what.key()) {
    case key_of(0, ' ', '@'):
        sl(s, n);
        break;
    case key_of(0, ' ', 'A'):
        sr(s, n);
        break;
    case key_of(0, ' ', 'q'):
        decscusr(s, n);
        break;
    case key_of(0, '!', 'p'):
        decstr(s);
        break;
    case key_of(0, '"', 'p'):
        decscl(s, n);
        parser.read_as(input_of(s));
        break;
    case key_of(0, '"', 'q'):
        decsca(s, n);
        break;
    case key_of(0, '"', 'v'):
        decrqde(s);
        break;
    case key_of(0, '#', '{'):
    case key_of(0, '#', 'p'):
        xtpushsgr(s, n);
        break;
    case key_of(0, '#', '}'):
    case key_of(0, '#', 'q'):
        xtpopsgr(s);
        break;
    case key_of(0, '#', '|'):
        xtreportsgr(s, n);
        break;
    case key_of(0, '#', 'P'):
        xtpushcolors(s, n);
        break;
    case key_of(0, '#', 'Q'):
        xtpopcolors(s, n);
        break;
    case key_of(0, '#', 'R'):
        xtreportcolors(s);
        break;
    case key_of(0, '#', 'y'):
        xtchecksum(s, n);
        break;
    case key_of(0, '$', 'p'):
        decrqm(s, mode_space::ansi, n);
        break;
    case key_of('?', '$', 'p'):
        decrqm(s, mode_space::dec, n);
        break;
    case key_of(0, '$', 'r'):
        deccara(s, n);
        break;
    case key_of(0, '$', 't'):
        decrara(s, n);
        break;
    case key_of(0, '$', 'v'):
        deccra(s, n);
        break;
    case key_of(0, '$', 'w'):
        decrqpsr(s, n);
        break;
    case key_of(0, '$', 'x'):
        decfra(s, n);
        break;
    case key_of(0, '$', '|'):
        decscpp(s, n);
        break;
    case key_of(0, '$', '}'):
        decsasd(s, n);
        break;
    case key_of(0, '$', '~'):
        decssdt(s, n);
        break;
    case key_of(0, '&', 'u'):
        decrqupss(s);
        break;
    case key_of(0, '$', 'z'):
        decera(s, n, erasure::all);
        break;
    case key_of(0, '$', '{'):
        decera(s, n, erasure::selective);
        break;
    case key_of(0, '\'', '|'):
        decrqlp(s);
        break;
    case key_of(0, '\'', '}'):
        decic(s, n);
        break;
    case key_of(0, '\'', '~'):
        decdc(s, n);
        break;
    case key_of(0, '*', 'x'):
        decsace(s, n);
        break;
    case key_of(0, '*', 'y'):
        decrqcra(s, n);
        break;
    case key_of(0, '*', '|'):
        decsnls(s, n);
        break;
    default:
        break;
    }
}

}  // namespace

void feed(state& s, base::byte_view bytes)
{
    if (bytes.empty())
        return;
    s.advance_generation();
    // The parser is moved out for the call: RIS replaces the state it would otherwise stand in.
    auto parser = std::move(s.parser);
    parser.read_as(input_of(s));
    dispatcher to{s, parser};
    parser.feed(bytes, to);
    s.parser = std::move(parser);
}

}  // namespace tendril::term::detail
