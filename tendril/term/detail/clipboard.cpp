#include <tendril/term/detail/controls.hpp>
#include <tendril/term/detail/strings.hpp>

#include <string>

namespace tendril::term::detail {

namespace {

constexpr std::string_view selections =
    "cpqs01234567";  // xterm: clipboard, primary, secondary, select, cut buffers
constexpr std::string_view base64_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
constexpr std::string_view default_selection = "s0";

void tell(state& s, std::string_view where, vt::terminator end)
{
    std::string held;
    for (auto const each : where) {
        if (auto const found = s.clipboard.find(each); found != s.clipboard.end()) {
            held = found->second;
            break;
        }
    }
    reply(s, "\x1b]52;" + std::string(where) + ";" + to_base64(held) +
                 (end == vt::terminator::bell ? "\x07" : "\x1b\\"));
}

}  // namespace

void osc_52(state& s, std::string_view rest, vt::terminator end)
{
    if (s.host.clipboard == clipboard_access::none)
        return;
    std::string where;
    for (auto const each : next_field(rest))
        if (selections.find(each) != std::string_view::npos && where.find(each) == std::string::npos)
            where += each;
    if (where.empty())
        where = default_selection;
    if (rest == "?") {
        if (s.host.clipboard == clipboard_access::read_write)
            tell(s, where, end);
        return;
    }
    // xterm: what is no base64 clears the selection, unless it follows what is.
    auto const end_of_text = rest.find_last_of(base64_characters);
    auto const copied = from_base64(rest.substr(0, end_of_text + 1)).value_or("");
    if (copied.size() > s.limits.clipboard_bytes)
        return;
    notify(s, {.what = event::kind::clipboard, .text = where, .detail = copied});
    if (s.host.clipboard == clipboard_access::read_write)
        for (auto const each : where)
            s.clipboard[each] = copied;
}

}  // namespace tendril::term::detail
