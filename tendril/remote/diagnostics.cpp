#include <tendril/io/stream.hpp>
#include <tendril/remote/diagnostics.hpp>

#include <array>
#include <span>
#include <utility>

#include <boost/asio/error.hpp>

namespace tendril::remote {

namespace {

constexpr std::size_t longest_line = 4 * 1024;
constexpr std::size_t kept_bytes = 4 * 1024;
constexpr int most_reads_at_once = 16;  // somebody who writes without end does not hold us

}  // namespace

struct diagnostics::state : std::enable_shared_from_this<state> {
    state(io::executor on, base::unique_fd from, line_handler handler)
        : stream(std::move(on), std::move(from)), on_line(std::move(handler))
    {
    }

    /// Waits first and reads then, in one step: so last_lines() may read at any time and nothing is out of
    /// order.
    void read()
    {
        stream.async_wait(io::readiness::readable, [self = shared_from_this()](error_code why) {
            if (!why && self->stream.is_open() && self->drain())
                self->read();
        });
    }

    /// Takes what there is now, up to a bound; false at the end.
    bool drain()
    {
        error_code why;
        for (int round = 0; round < most_reads_at_once && !why && stream.is_open(); ++round) {
            auto const count = stream.try_read(buffer, why);
            take(count);
        }
        auto const goes_on = !why || why == asio::error::would_block;
        if (!goes_on && !line.empty())
            hand_on();
        return goes_on;
    }

    void take(std::size_t count)
    {
        for (auto const byte : std::span(buffer).first(count)) {
            auto const letter = static_cast<char>(byte);
            if (letter != '\n')
                line += letter;
            if (letter == '\n' || line.size() == longest_line)
                hand_on();
        }
    }

    void hand_on()
    {
        auto const whole = std::exchange(line, {});
        last += whole + '\n';
        if (last.size() > kept_bytes)
            last.erase(0, last.size() - kept_bytes);
        if (on_line && stream.is_open())
            on_line(whole);
    }

    io::stream stream;
    line_handler on_line;
    std::array<std::byte, 4096> buffer;
    std::string line;
    std::string last;
};

diagnostics::diagnostics(io::executor on, base::unique_fd from, line_handler on_line)
    : state_(std::make_shared<state>(std::move(on), std::move(from), std::move(on_line)))
{
    state_->read();
}

diagnostics::~diagnostics()
{
    state_->stream.close();
}

std::string diagnostics::last_lines()
{
    auto const kept = state_;  // a handler may destroy us
    if (kept->stream.is_open())
        kept->drain();
    auto text = kept->last + kept->line;
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace tendril::remote
