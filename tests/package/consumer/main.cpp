// A program in a terminal, as a user of the installed package writes it. It touches every third-party library
// that the package needs at link time: Asio (compiled once, inside), PCRE2, utf8proc and Boost.JSON.

#include <tendril/session/session.hpp>
#include <tendril/term/json.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>

using namespace tendril;

/// Reads to the end of the output; what arrives is told to the terminal on the way.
void read_all(session::session& from)
{
    from.async_read([&from](error_code why, base::byte_view) {
        if (!why)
            read_all(from);
    });
}

int main()
{
    std::vector<std::string> const words{"/bin/sh", "-c", "printf '\\346\\274\\242 installed'"};
    asio::io_context loop;
    auto screen = std::make_unique<term::terminal>();
    auto const* const shown = screen.get();
    auto started = session::session::start(loop.get_executor(), {.program = process::command_of(words)},
                                           std::move(screen));
    auto pattern = expect::pattern::regex("inst(all)ed");
    if (!started || !pattern)
        return 1;

    std::string found;
    started->expect({*pattern}, [&found](expect::match const& match) { found = match.groups.at(0); });
    read_all(*started);
    loop.run();

    std::puts(term::to_json(*shown, term::line_detail::text).c_str());
    return found == "all" && shown->cursor().column == 12 ? 0 : 1;
}
