#include <tendril/session/detail/newline_restorer.hpp>

#include <utility>

namespace tendril::session::detail {

std::string newline_restorer::restore(base::byte_view bytes)
{
    std::string restored;
    restored.reserve(bytes.size() + 1);
    for (char const c : base::text_of(bytes)) {
        if (held_return_ && c != '\n')
            restored += '\r';
        held_return_ = c == '\r';
        if (!held_return_)
            restored += c;
    }
    return restored;
}

std::string newline_restorer::finish()
{
    return std::exchange(held_return_, false) ? "\r" : "";
}

}  // namespace tendril::session::detail
