#include <tendril/vt/utf8.hpp>

#include <tests/conformance/libvterm_judge.hpp>

namespace tendril::conformance {

namespace {

std::string text_of(VTermScreenCell const& shown)
{
    std::string text;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && shown.chars[i] != 0; ++i)
        vt::append_utf8(text, static_cast<char32_t>(shown.chars[i]));
    return text.empty() ? " " : text;
}

bool is_same_color(VTermColor const& theirs, term::color ours)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(&theirs) || VTERM_COLOR_IS_DEFAULT_BG(&theirs))
        return ours.is_default();
    if (VTERM_COLOR_IS_INDEXED(&theirs))
        return ours.is_palette() && ours.index() == theirs.indexed.idx;
    return ours.is_direct() && ours.value() == term::rgb{theirs.rgb.red, theirs.rgb.green, theirs.rgb.blue};
}

std::string look_unlike(VTermScreenCell const& theirs, term::rendition ours)
{
    using term::attribute;
    if (!is_same_color(theirs.bg, ours.background()))
        return "background";
    if (!is_same_color(theirs.fg, ours.foreground()))
        return "foreground";
    if ((theirs.attrs.bold != 0) != ours.has(attribute::bold))
        return "bold";
    if ((theirs.attrs.italic != 0) != ours.has(attribute::italic))
        return "italic";
    if ((theirs.attrs.reverse != 0) != ours.has(attribute::reverse))
        return "reverse";
    if ((theirs.attrs.strike != 0) != ours.has(attribute::strike))
        return "strike";
    return (theirs.attrs.underline != 0) != (ours.line() != term::underline::none) ? "underline" : "";
}

}  // namespace

std::string unlike(libvterm_emulator const& theirs, term::terminal const& ours)
{
    for (int y = 0; y < ours.size().rows; ++y) {
        for (int x = 0; x < ours.size().columns; ++x) {
            auto const shown = theirs.cell_at(y, x);
            auto const cell = ours.line(y).at(x);
            auto const where = " at " + std::to_string(y) + ";" + std::to_string(x);
            if (cell.shown.part() == term::glyph::role::tail)
                continue;
            std::string text;
            ours.append_text(cell.shown, text);
            if (text_of(shown) != text)
                return "text" + where + ": '" + text_of(shown) + "', not '" + text + "'";
            if (cell.shown.is_blank()) {  // of a blank only the background shows
                if (!is_same_color(shown.bg, cell.style.background()))
                    return "background of a blank" + where;
            } else if (auto const look = look_unlike(shown, cell.style); !look.empty()) {
                return look + where;
            }
        }
    }
    auto const at = theirs.cursor();
    if (at.row != ours.cursor().row || at.column != ours.cursor().column)
        return "cursor: " + std::to_string(at.row) + ";" + std::to_string(at.column) + ", not " +
               std::to_string(ours.cursor().row) + ";" + std::to_string(ours.cursor().column);
    return {};
}

}  // namespace tendril::conformance
