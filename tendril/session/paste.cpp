#include <tendril/session/paste.hpp>
#include <tendril/term/paste.hpp>

namespace tendril::session {

error_code paste(session& into, term::terminal const& shown, std::string_view text)
{
    return into.write(base::bytes_of(term::paste_bytes(shown, text)));
}

}  // namespace tendril::session
