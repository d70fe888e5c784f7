#pragma once

/// @file
/// The control functions, one each under its mnemonic; a file per family holds the bodies.
/// Layer: term (vt). Spec: ECMA-48 section 8.3; VT510 manual; xterm ctlseqs.

#include <tendril/term/detail/state.hpp>
#include <tendril/vt/sequence.hpp>

#include <string_view>

namespace tendril::term::detail {

using numbers = vt::parameters const&;

/// Which cells an erasure spares: none, or those that DECSCA guards.
enum class erasure : std::uint8_t { all, selective };

// cursor.cpp
void bs(state& s);
void ht(state& s);
void cr(state& s);
void cuu(state& s, numbers n);
void cud(state& s, numbers n);
void cuf(state& s, numbers n);
void cub(state& s, numbers n);
void cnl(state& s, numbers n);
void cpl(state& s, numbers n);
void cha(state& s, numbers n);
void hpr(state& s, numbers n);
void vpa(state& s, numbers n);
void vpr(state& s, numbers n);
void cup(state& s, numbers n);
void cht(state& s, numbers n);
void cbt(state& s, numbers n);
void hts(state& s);
void tbc(state& s, numbers n);
void decst8c(state& s, numbers n);
void decsc(state& s);
void decrc(state& s);

// scroll.cpp
void ind(state& s);
void nel(state& s);
void ri(state& s);
void lf(state& s);
void su(state& s, numbers n);
void sd(state& s, numbers n);
void sl(state& s, numbers n);
void sr(state& s, numbers n);
void decbi(state& s);
void decfi(state& s);
void decstbm(state& s, numbers n);
void decslrm(state& s, numbers n);

// erase.cpp
void ed(state& s, numbers n, erasure which);
void el(state& s, numbers n, erasure which);
void ech(state& s, numbers n);
void decsca(state& s, numbers n);
void spa(state& s);
void epa(state& s);
void decaln(state& s);

// edit.cpp
void ich(state& s, numbers n);
void dch(state& s, numbers n);
void il(state& s, numbers n);
void dl(state& s, numbers n);
void decic(state& s, numbers n);
void decdc(state& s, numbers n);
void rep(state& s, numbers n);

// rectangle.cpp
void deccra(state& s, numbers n);
void decfra(state& s, numbers n);
void decera(state& s, numbers n, erasure which);
void deccara(state& s, numbers n);
void decrara(state& s, numbers n);
void decsace(state& s, numbers n);

// checksum.cpp
void decrqcra(state& s, numbers n);
void xtchecksum(state& s, numbers n);

// sgr.cpp
void sgr(state& s, numbers n);

// rendition_stack.cpp
void xtpushsgr(state& s, numbers n);
void xtpopsgr(state& s);
void xtreportsgr(state& s, numbers n);

// modes.cpp
void sm(state& s, mode_space space, numbers n);
void rm(state& s, mode_space space, numbers n);
void decrqm(state& s, mode_space space, numbers n);
void xtsave(state& s, numbers n);
void xtrestore(state& s, numbers n);
void decscusr(state& s, numbers n);
void deckpam(state& s);
void deckpnm(state& s);

// charsets.cpp
void scs(state& s, vt::sequence const& what);
void locking_shift(state& s, std::uint8_t set);
void locking_shift_right(state& s, std::uint8_t set);
void single_shift(state& s, std::uint8_t set);
void announce(state& s, char level);
void docs(state& s, bool eight_bit);

// user_keys.cpp
void decudk(state& s, numbers n, std::string_view payload);

// keyboard.cpp
void kitty_keyboard(state& s, char prefix, numbers n);
void xtmodkeys(state& s, numbers n);
void xtqmodkeys(state& s, numbers n);
void xtfmtkeys(state& s, numbers n);
void xtqfmtkeys(state& s, numbers n);
void xtshiftescape(state& s, numbers n);

// osc.cpp
void osc(state& s, std::string_view payload, vt::terminator end);

// titles.cpp
void set_title(state& s, std::string_view text);
void set_icon(state& s, std::string_view text);
void report_title(state& s, char letter, std::string const& title);
void push_titles(state& s, int which);
void pop_titles(state& s, int which);
void xtsmtitle(state& s, numbers n, bool on);

// window.cpp
void xtwinops(state& s, numbers n);
void decscpp(state& s, numbers n);
void decsnls(state& s, numbers n);
void report_size(state& s);

// colors.cpp
void palette_requests(state& s, std::string_view rest, vt::terminator end);
void special_color_requests(state& s, std::string_view rest, vt::terminator end);
void dynamic_requests(state& s, int number, std::string_view rest, vt::terminator end);
void reset_palette(state& s, std::string_view rest);
void reset_special_colors(state& s, std::string_view rest);
void reset_dynamic_color(state& s, int number);
void xtpushcolors(state& s, numbers n);
void xtpopcolors(state& s, numbers n);
void xtreportcolors(state& s);

// notifications.cpp
void osc_9(state& s, std::string_view rest);
void osc_99(state& s, std::string_view rest);
void osc_777(state& s, std::string_view rest);

// clipboard.cpp
void osc_52(state& s, std::string_view rest, vt::terminator end);

// images.cpp, kitty_images.cpp, iterm_images.cpp
void sixel(state& s, std::string_view payload);
void kitty_image(state& s, std::string_view payload);
void iterm_file(state& s, std::string_view rest);
void xtsmgraphics(state& s, numbers n);

// vt52.cpp
void vt52(state& s, char final);

/// Takes @p scalar as part of the address that is missing; false when it is none, which gives the address up.
bool vt52_operand(state& s, char32_t scalar);

// line_size.cpp
void set_line_size(state& s, line_size to);

// reports.cpp
void da1(state& s);
void da2(state& s);
void da3(state& s);
void xtversion(state& s);
void dsr(state& s, numbers n);
void dsr_dec(state& s, numbers n);
void decreqtparm(state& s, numbers n);
void report_color_scheme(state& s);
void decrqde(state& s);
void decrqupss(state& s);
void decrqlp(state& s);

// requests.cpp
void decrqss(state& s, std::string_view payload);

// capabilities.cpp
void xtgettcap(state& s, std::string_view payload);

// presentation.cpp
void decrqpsr(state& s, numbers n);
void decrsps(state& s, numbers n, std::string_view payload);

// reset.cpp
void ris(state& s);
void decstr(state& s);
void decscl(state& s, numbers n);
void s7c1t(state& s);
void s8c1t(state& s);
void decssdt(state& s, numbers n);
void decsasd(state& s, numbers n);

}  // namespace tendril::term::detail
