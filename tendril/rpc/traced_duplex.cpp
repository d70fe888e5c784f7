#include <tendril/rpc/traced_duplex.hpp>
#include <tendril/wire/frame_reader.hpp>

#include <algorithm>
#include <utility>

namespace tendril::rpc {

namespace {

/// `to 3: data from 0 for 3, handle 6, answer at 1000, message 12, bytes 0 to 17 of 17`.
std::string line_of(std::string const& direction, wire::frame_header const& header)
{
    auto const text = [](std::uint32_t number) { return std::to_string(number); };
    auto line = direction + ": " + (header.kind == wire::frame_kind::dead ? "dead" : "data") + " from " +
                text(header.src) + " for " + text(header.dst);
    if (header.auth != header.src)
        line += " on the authority of " + text(header.auth);
    line += ", handle " + text(header.handle);
    if (header.reply_to != 0)
        line += ", answer at " + text(header.reply_to);
    return line + ", message " + text(header.number) + ", bytes " + text(header.offset) + " to " +
           text(header.offset + header.size) + " of " + text(header.total);
}

class traced_duplex final : public duplex {
public:
    traced_duplex(std::unique_ptr<duplex> stream, context_id neighbour, std::function<void(std::string)> told)
        : stream_(std::move(stream)), told_(std::move(told)), from_("from " + std::to_string(neighbour)),
          to_("to " + std::to_string(neighbour))
    {
    }

    void start_wait(io::readiness what, io::ready_handler handler) override
    {
        stream_->start_wait(what, std::move(handler));
    }

    [[nodiscard]] std::size_t try_read(std::span<std::byte> into, error_code& why) noexcept override
    {
        auto const count = stream_->try_read(into, why);
        tell(read_, from_, into.first(count));
        return count;
    }

    [[nodiscard]] std::size_t try_write(std::span<base::byte_view const> pieces,
                                        error_code& why) noexcept override
    {
        auto const count = stream_->try_write(pieces, why);
        auto left = count;
        for (auto const& each : pieces) {
            auto const part = std::min(left, each.size());
            tell(written_, to_, each.first(part));
            left -= part;
        }
        return count;
    }

    void close() noexcept override { stream_->close(); }

private:
    /// What is no frame ends the link, not the trace.
    void tell(wire::frame_reader& by, std::string const& direction, base::byte_view bytes)
    {
        static_cast<void>(by.feed(bytes, [&](wire::frame_header const& header, base::byte_view /*piece*/) {
            told_(line_of(direction, header));
        }));
    }

    std::unique_ptr<duplex> stream_;
    std::function<void(std::string)> told_;
    std::string from_;
    std::string to_;
    wire::frame_reader read_;
    wire::frame_reader written_;
};

}  // namespace

std::unique_ptr<duplex> make_traced_duplex(std::unique_ptr<duplex> stream, context_id neighbour,
                                           std::function<void(std::string line)> told)
{
    return std::make_unique<traced_duplex>(std::move(stream), neighbour, std::move(told));
}

}  // namespace tendril::rpc
