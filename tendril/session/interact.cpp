#include <tendril/base/file.hpp>
#include <tendril/session/console.hpp>
#include <tendril/session/interact.hpp>
#include <tendril/term/repaint.hpp>
#include <tendril/term/terminal.hpp>

#include <string>

#include <unistd.h>

#include <boost/asio/error.hpp>

namespace tendril::session {

namespace {

/// What brings the person's terminal to what the program shows.
std::string present_screen(session& of, surroundings const& around)
{
    auto const* const shown = dynamic_cast<term::terminal const*>(&of.emulator());
    return shown && around.output_is_terminal ? term::repaint_sequence(*shown) : std::string();
}

}  // namespace

asio::awaitable<result<turn_end>> interact(session* with, turn_options how)
{
    auto const around = surroundings::detect();
    auto attached = console::open(*with, around, {}, how.escape_key);
    if (!attached)
        co_return std::unexpected(std::move(attached.error()));
    if (around.size) [[maybe_unused]]
        auto const ended = with->resize(*around.size);  // refused only when the program has ended
    auto const screen = present_screen(*with, around);
    auto shown = base::write_all(STDOUT_FILENO, base::bytes_of(screen), "standard output");
    if (!shown)
        co_return std::unexpected(std::move(shown.error()));

    auto const why = co_await attached->relay();
    auto restored = attached->restore();
    if (why && why != asio::error::operation_aborted)
        co_return failure(why, "attach a person to the program");
    if (!restored)
        co_return std::unexpected(std::move(restored.error()));
    co_return why ? turn_end::escape_key : turn_end::end_of_output;
}

}  // namespace tendril::session
