#include <tendril/base/bytes.hpp>
#include <tendril/io/stream.hpp>
#include <tendril/remote/detail/last_lines.hpp>
#include <tendril/remote/diagnostics.hpp>

#include <array>
#include <span>
#include <utility>

#include <boost/asio/error.hpp>

namespace tendril::remote {

namespace {

constexpr int most_reads_at_once = 16;  // somebody who writes without end does not hold us

}  // namespace

struct diagnostics::state : std::enable_shared_from_this<state> {
    state(io::executor on, base::unique_fd from, line_handler handler)
        : stream(std::move(on), std::move(from))
    {
        tell(std::move(handler));
    }

    /// No line is handed on once the object is gone, which a handler may bring about.
    void tell(line_handler handler)
    {
        if (handler)
            lines.also_tell([this, told = std::move(handler)](std::string_view line) {
                if (stream.is_open())
                    told(line);
            });
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
            lines.add(base::text_of(std::span(buffer).first(count)));
        }
        auto const goes_on = !why || why == asio::error::would_block;
        if (!goes_on)
            lines.finish();
        return goes_on;
    }

    io::stream stream;
    std::array<std::byte, 4096> buffer;
    detail::last_lines lines;
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

void diagnostics::also_tell(line_handler told)
{
    state_->tell(std::move(told));
}

std::string diagnostics::last_lines()
{
    auto const kept = state_;  // a handler may destroy us
    if (kept->stream.is_open())
        kept->drain();
    return kept->lines.text();
}

}  // namespace tendril::remote
