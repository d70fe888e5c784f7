// Any bytes from one neighbour of a live router that has another, honest neighbour with a context below it:
// nobody is deceived about who speaks, nothing runs that only those above may start, and what waits stays
// bounded.
#include <tendril/rpc/router.hpp>
#include <tendril/wire/codec.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace {

using namespace tendril;
using namespace tendril::rpc;

constexpr context_id master = 0;
constexpr context_id liar = 1;
constexpr context_id honest = 2;
constexpr context_id below_honest = 3;
constexpr std::size_t queue_limit = 64UL * 1024;
constexpr std::size_t relay_limit = 64UL * 1024;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// On the heap: to move-assign a handler is what ADR 0003 forbids.
using waiter = std::unique_ptr<io::ready_handler>;

/// Bytes on their way, and who waits for them.
struct pipe {
    std::deque<std::byte> bytes;
    waiter reader;
    bool is_closed = false;
};

/// One end of two pipes in memory.
class memory_duplex final : public duplex {
public:
    /// @p out may be null: what is written there is never taken.
    memory_duplex(io::executor on, std::shared_ptr<pipe> in, std::shared_ptr<pipe> out)
        : on_(std::move(on)), in_(std::move(in)), out_(std::move(out))
    {
    }

    void start_wait(io::readiness what, io::ready_handler handler) override
    {
        if (what == io::readiness::readable && in_->bytes.empty() && !in_->is_closed)
            in_->reader = std::make_unique<io::ready_handler>(std::move(handler));
        else if (what == io::readiness::readable || out_)
            tell(std::make_unique<io::ready_handler>(std::move(handler)));
        else
            never_ = std::make_unique<io::ready_handler>(std::move(handler));
    }

    [[nodiscard]] std::size_t try_read(std::span<std::byte> into, error_code& why) noexcept override
    {
        auto const count = std::min(into.size(), in_->bytes.size());
        std::ranges::copy_n(in_->bytes.begin(), static_cast<std::ptrdiff_t>(count), into.begin());
        in_->bytes.erase(in_->bytes.begin(), in_->bytes.begin() + static_cast<std::ptrdiff_t>(count));
        if (count == 0)
            why = in_->is_closed ? error_code(asio::error::eof) : error_code(asio::error::would_block);
        return count;
    }

    [[nodiscard]] std::size_t try_write(std::span<base::byte_view const> pieces,
                                        error_code& why) noexcept override
    {
        std::size_t count = 0;
        if (!out_)
            why = asio::error::would_block;
        else
            for (auto const& each : pieces) {
                out_->bytes.insert(out_->bytes.end(), each.begin(), each.end());
                count += each.size();
            }
        if (count > 0 && out_->reader)
            tell(std::exchange(out_->reader, nullptr));
        return count;
    }

    void close() noexcept override
    {
        in_->reader.reset();
        never_.reset();
        if (out_) {
            out_->is_closed = true;
            if (out_->reader)
                tell(std::exchange(out_->reader, nullptr));
        }
    }

private:
    void tell(waiter handler)
    {
        asio::post(on_, [told = std::move(handler)]() mutable { std::move (*told)(error_code{}); });
    }

    io::executor on_;
    std::shared_ptr<pipe> in_;
    std::shared_ptr<pipe> out_;
    waiter never_;
};

/// Takes values off the front of the input; zeros at its end.
class taker {
public:
    explicit taker(std::span<std::uint8_t const> from) : left_(from) {}

    std::uint8_t byte()
    {
        if (left_.empty())
            return 0;
        auto const first = left_.front();
        left_ = left_.subspan(1);
        return first;
    }

    /// One of the numbers that mean something here, or any other.
    std::uint32_t number(std::span<std::uint32_t const> known)
    {
        auto const which = byte();
        return which < known.size() ? known[which] : std::uint32_t{which} * 0x01010101U;
    }

    std::span<std::uint8_t const> rest(std::size_t most)
    {
        auto const got = left_.first(std::min(most, left_.size()));
        left_ = left_.subspan(got.size());
        return got;
    }

    [[nodiscard]] bool empty() const { return left_.empty(); }

private:
    std::span<std::uint8_t const> left_;
};

/// The input as frames whose fields mostly make sense: raw bytes hardly ever get past the header.
std::vector<std::byte> frames_of(std::span<std::uint8_t const> input)
{
    static constexpr std::uint32_t contexts[] = {master, liar, honest, below_honest, 1001, 0xffffffff};
    static constexpr std::uint32_t handles[] = {1000, 1001, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0x80000000, 0};
    static constexpr std::uint32_t sizes[] = {0, 1, 5, 100, 65'536, 65'537, 0xffffffff};
    taker from(input);
    std::vector<std::byte> stream;
    while (!from.empty()) {
        wire::frame_header header{.kind = static_cast<wire::frame_kind>(1 + from.byte() % 3),
                                  .dst = from.number(contexts),
                                  .src = from.number(contexts),
                                  .auth = from.number(contexts),
                                  .handle = from.number(handles),
                                  .reply_to = from.number(handles),
                                  .number = from.byte(),
                                  .offset = from.byte()};
        auto const piece = from.rest(from.byte());
        header.size = static_cast<std::uint32_t>(piece.size());
        auto const more = from.byte();
        header.total = header.offset + header.size + (more < 200 ? 0 : sizes[more % std::size(sizes)]);
        auto const head = wire::encode(header);
        stream.insert(stream.end(), head.begin(), head.end());
        auto const bytes = std::as_bytes(piece);
        stream.insert(stream.end(), bytes.begin(), bytes.end());
    }
    return stream;
}

/// A master, a neighbour that lies, one that does not, and a context below that.
class tree {
public:
    tree(directions allowed, bool liar_reads)
        : top_(loop_.get_executor(), {}, options(allowed)),
          middle_(loop_.get_executor(), {.id = honest, .ancestors = {master}}, options(allowed)),
          bottom_(loop_.get_executor(), {.id = below_honest, .ancestors = {honest, master}}, options(allowed))
    {
        connect(top_, middle_);
        connect(middle_, bottom_);
        require(top_.add_link(std::make_unique<memory_duplex>(loop_.get_executor(), from_liar_,
                                                              liar_reads ? to_liar_ : nullptr),
                              liar, relation::below)
                    .has_value());
        for (auto* each : {&top_, &middle_, &bottom_})
            listen(*each);
        run();
    }

    void feed(std::span<std::byte const> bytes)
    {
        from_liar_->bytes.insert(from_liar_->bytes.end(), bytes.begin(), bytes.end());
        if (from_liar_->reader)
            asio::post(loop_, [told = std::exchange(from_liar_->reader, nullptr)]() mutable {
                std::move (*told)(error_code{});
            });
        run();
        to_liar_->bytes.clear();
        check_bounds();
        check_ways();
    }

    /// Whatever was said, the honest ones still speak with each other.
    void check_end()
    {
        auto const before = heard_by_bottom_;
        top_.send({.dst = below_honest, .handle = 1000});
        run();
        require(heard_by_bottom_ == before + 1);
    }

private:
    static router_options options(directions allowed)
    {
        return {.allowed = allowed,
                .message_limit = 16UL * 1024,
                .relay_limit = relay_limit,
                .queue_limit = queue_limit,
                .silence_limit = std::chrono::milliseconds(0)};
    }

    void run()
    {
        loop_.restart();
        loop_.poll();
    }

    void connect(router& above, router& below)
    {
        auto const down = std::make_shared<pipe>();
        auto const up = std::make_shared<pipe>();
        require(below
                    .add_link(std::make_unique<memory_duplex>(loop_.get_executor(), down, up),
                              above.self().id, relation::above)
                    .has_value());
        require(above
                    .add_link(std::make_unique<memory_duplex>(loop_.get_executor(), up, down),
                              below.self().id, relation::below)
                    .has_value());
    }

    void listen(router& at)
    {
        auto const here = at.self().id;
        // The usual policy: those above, and ourselves.
        for (wire::handle const which : {wire::handle{1000}, well_known::shut_down, well_known::call})
            require(at.add_handler(
                          [this, here](wire::message const& what) {
                              require(what.is_dead || what.auth == master ||
                                      (here == below_honest && what.auth == honest));
                              heard_by_bottom_ += here == below_honest && !what.is_dead ? 1 : 0;
                          },
                          {}, which)
                        .has_value());
        require(at.add_handler([this](wire::message const& what) { check_source(what); }, {.admits = anybody},
                               1001)
                    .has_value());
    }

    /// All that is sent to that handle comes from the liar, who may speak for itself and for what it says is
    /// below it.
    void check_source(wire::message const& what) const
    {
        require(what.is_dead || (what.src != master && what.src != honest && what.src != below_honest));
        require(what.is_dead || (what.auth != master && what.auth != honest && what.auth != below_honest));
    }

    void check_bounds() const
    {
        for (auto const neighbour : {liar, honest})
            if (auto const now = top_.counters(neighbour))
                require(now->queued_bytes <= 2 * (queue_limit + relay_limit));
    }

    void check_ways() const
    {
        require(top_.knows(honest) && top_.knows(below_honest) && middle_.knows(below_honest));
        require(bottom_.knows(master) && middle_.knows(master));
    }

    asio::io_context loop_;
    std::shared_ptr<pipe> from_liar_ = std::make_shared<pipe>();
    std::shared_ptr<pipe> to_liar_ = std::make_shared<pipe>();
    int heard_by_bottom_ = 0;
    router top_;
    router middle_;
    router bottom_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 2)
        return 0;
    auto const how = data[0];
    auto const step = std::size_t{1} + data[1] * std::size_t{16};
    std::span const input(data + 2, size - 2);
    auto const raw = std::as_bytes(input);
    auto const stream = (how & 1U) != 0 ? frames_of(input) : std::vector<std::byte>(raw.begin(), raw.end());
    tree all((how & 2U) != 0 ? directions::any : directions::up_and_down, (how & 4U) != 0);
    for (std::span left(stream); !left.empty(); left = left.subspan(std::min(step, left.size())))
        all.feed(left.first(std::min(step, left.size())));
    all.check_end();
    return 0;
}
