#include <tendril/term/paste.hpp>

namespace tendril::term {

namespace {

/// How many bytes of @p text a closing bracket takes that begins at its start, in 7-bit or 8-bit form.
std::size_t closing_bracket(std::string_view text) noexcept
{
    for (std::string_view const form : {"\x1b[201~", "\xc2\x9b"
                                                     "201~"})
        if (text.starts_with(form))
            return form.size();
    return 0;
}

}  // namespace

std::string paste_bytes(terminal const& to, std::string_view text)
{
    std::string bytes = to.is(mode::bracketed_paste) ? "\x1b[200~" : "";
    while (!text.empty()) {
        if (auto const length = closing_bracket(text)) {
            text.remove_prefix(length);
            continue;
        }
        auto const each = text.front();
        auto const is_c1 = each == '\xc2' && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xA0;
        text.remove_prefix(is_c1 || text.starts_with("\r\n") ? 2 : 1);
        if (is_c1)
            continue;
        if (each == '\n' || each == '\r')
            bytes += '\r';
        else if (each == '\t' || (static_cast<unsigned char>(each) >= 0x20 && each != 0x7F))
            bytes += each;
    }
    return to.is(mode::bracketed_paste) ? bytes + "\x1b[201~" : bytes;
}

std::string focus_bytes(terminal const& to, focus now)
{
    if (!to.is(mode::focus_reports))
        return {};
    return now == focus::gained ? "\x1b[I" : "\x1b[O";
}

}  // namespace tendril::term
