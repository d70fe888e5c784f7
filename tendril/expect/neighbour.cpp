#include <tendril/expect/detail/neighbour.hpp>

namespace tendril::expect::detail {

neighbour neighbour_of(char byte) noexcept
{
    if (byte == '\n')
        return neighbour::newline;
    if (byte == '\r')
        return neighbour::carriage_return;
    bool const word = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
                      (byte >= 'a' && byte <= 'z');
    return word ? neighbour::word : neighbour::other;
}

bool holds(condition where, neighbour before, neighbour after) noexcept
{
    // As PCRE2 with newline ANYCRLF has it: also between CR and LF, and no line starts at the very end.
    bool const known = before != neighbour::unknown && after != neighbour::unknown;
    auto const ends_line = [](neighbour what) {
        return what == neighbour::edge || what == neighbour::newline || what == neighbour::carriage_return;
    };
    switch (where) {
    case condition::text_start:
        return before == neighbour::edge;
    case condition::text_end:
        return after == neighbour::edge;
    case condition::line_start:
        return ends_line(before) && (after != neighbour::edge || before == neighbour::edge);
    case condition::line_end:
        return ends_line(after);
    case condition::word_edge:
        return known && (before == neighbour::word) != (after == neighbour::word);
    case condition::no_word_edge:
        return known && (before == neighbour::word) == (after == neighbour::word);
    }
    return false;
}

}  // namespace tendril::expect::detail
