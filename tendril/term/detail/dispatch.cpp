#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/dispatch_table.hpp>
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
    char const* input_end;

    void print_ascii(std::string_view run)
    {
        while (s.vt52_operands > 0 && !run.empty() &&
               vt52_operand(s, static_cast<unsigned char>(run.front())))
            run.remove_prefix(1);
        if (run.empty() || s.chosen.status_line_selected)
            return;
        if (!print_within_line(s, run, input_end))
            detail::print_ascii(s, run, input_end);
    }

    void print(std::u32string_view text)
    {
        while (s.vt52_operands > 0 && !text.empty() && vt52_operand(s, text.front()))
            text.remove_prefix(1);
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
    auto const designates =
        what.intermediates[0] >= '(' && what.intermediates[0] <= '/' && what.intermediates[0] != ',';
    if (!s.is(mode::ansi))
        vt52(s, what.final);
    else if (designates)
        scs(s, what);
    else if (!s.chosen.status_line_selected || what.key() == key_of(0, 0, 'c'))
        escape_sequence(s, what);
    parser.read_as(input_of(s));
}

void dispatcher::csi(vt::sequence const& what)
{
    if (what.final != 'm')  // colour alone does not part a letter from its mark
        s.join.open = false;
    auto const leaves_status_line = what.intermediates[0] == '$' || what.intermediates[0] == '!';
    if (s.chosen.status_line_selected && !leaves_status_line)
        return;
    control_sequence(s, what);
    if (what.key() == key_of(0, '"', 'p'))  // a level brings its input along
        parser.read_as(input_of(s));
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
    dispatcher to{s, parser, reinterpret_cast<char const*>(bytes.data() + bytes.size())};
    parser.feed(bytes, to);
    s.parser = std::move(parser);
}

}  // namespace tendril::term::detail
