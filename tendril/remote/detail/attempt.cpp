#include <tendril/remote/detail/attempt.hpp>

#include <array>
#include <utility>

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tendril::remote::detail {

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr int most_gifts = 9;  // a stage knows eight places
constexpr auto patience = std::chrono::milliseconds(500);
constexpr std::size_t read_at_once = 16 * 1024;
constexpr std::size_t most_early = 1024 * 1024;  // that a program says before it has read its first bytes

/// What @p words, which tools of the far end said, amount to.
connect_failure cause_of(std::string_view words) noexcept
{
    auto const says = [words](std::string_view part) { return words.find(part) != std::string_view::npos; };
    if (says("No space left") || says("quota exceeded"))
        return connect_failure::no_space;
    return says(": damaged") ? connect_failure::damaged : connect_failure::nowhere_to_run;
}

}  // namespace

attempt::attempt(io::executor on, std::unique_ptr<carrier> way, std::string_view nonce,
                 std::shared_ptr<image_store const> images, std::vector<std::byte> first_bytes)
    : on_(on), way_(std::move(way)), images_(std::move(images)), first_bytes_(std::move(first_bytes)),
      stage_(nonce), tasks_(on), over_(on)
{
}

asio::awaitable<std::expected<reached, connect_error>> attempt::run(std::chrono::milliseconds timeout)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    over_.expires_after(timeout);
    queue(first_bytes_);
    tasks_.spawn(listen());
    tasks_.spawn(watch());
    if (!finished_)
        co_await over_.async_wait(tuple);
    auto const state = co_await asio::this_coro::cancellation_state;
    auto const is_cancelled = state.cancelled() != asio::cancellation_type::none;
    tasks_.cancel();
    co_await tasks_.join();
    if (!finished_)
        fail(connect_failure::timed_out, {});
    if (why_not_ || is_cancelled) {
        co_await part_in_peace();
        way_.reset();
    }
    co_await asio::this_coro::throw_if_cancelled(true);
    if (is_cancelled)
        throw boost::system::system_error(asio::error::operation_aborted);
    if (why_not_)
        co_return std::unexpected(std::move(*why_not_));
    co_return reached{.way = std::move(way_), .early = stage_.take_rest(), .image_bytes = image_bytes_};
}

asio::awaitable<void> attempt::listen()
{
    std::array<std::byte, read_at_once> buffer;
    while (!finished_) {
        auto const [why, count] = co_await way_->stream().async_read_some(buffer, tuple);
        if (why == asio::error::operation_aborted)
            co_return;
        if (why)
            break;
        hear(std::span(buffer).first(count));
    }
    if (finished_)
        co_return;
    // The way there knows the reason, as soon as its program is gone.
    asio::steady_timer soon(on_, patience);
    co_await soon.async_wait(tuple);
    fail(connect_failure::ended, {});
}

asio::awaitable<void> attempt::watch()
{
    auto why = co_await way_->failure();
    hear_what_is_there();
    if (!finished_)
        fail(std::move(why));
}

/// A program that has ended may have said why.
void attempt::hear_what_is_there()
{
    std::array<std::byte, read_at_once> buffer;
    error_code why;
    while (!finished_ && !why) {
        auto const count = way_->stream().try_read(buffer, why);
        hear(std::span(buffer).first(count));
    }
}

void attempt::hear(base::byte_view bytes)
{
    stage_.push(bytes);
    while (!finished_ && !runs_) {
        auto said = stage_.next();
        if (!said)
            break;
        obey(std::move(*said));
    }
    if (!finished_ && (runs_ ? stage_.waiting() > most_early : stage_.flooded()))
        fail(connect_failure::not_understood, runs_ ? "it does not read" : "too much was said");
}

void attempt::obey(stage_word said)
{
    auto why = connect_failure::not_understood;
    switch (said.what) {
    case stage_word::kind::need:
        hand_over(said.rest);
        break;
    case stage_word::kind::run:
        runs_ = true;
        look_whether_done();
        break;
    case stage_word::kind::machine:
        fail(connect_failure::wrong_architecture, said.rest + "; there is one for " + images_->machines());
        break;
    case stage_word::kind::fail:
        why = cause_of(said.rest);  // before the words are moved: a compiler may take arguments in any order
        fail(why, std::move(said.rest));
        break;
    case stage_word::kind::unknown:
        break;
    }
}

/// @p wish is `gzip -dc:Linux x86_64`: how it unpacks, and what it is.
void attempt::hand_over(std::string_view wish)
{
    constexpr std::string_view system = ":Linux ";
    auto const at = wish.find(system);
    auto which = at == std::string_view::npos ? nullptr : images_->find(wish.substr(at + system.size()));
    if (!which || ++gifts_ > most_gifts)
        fail(connect_failure::not_understood, "it wants " + std::string(wish));
    else
        tasks_.spawn(give(std::move(which), !wish.starts_with("cat:")));
}

asio::awaitable<void> attempt::give(std::shared_ptr<image> which, bool packed)
{
    while (packed && !which->pack_some())
        co_await asio::post(on_, asio::use_awaitable);
    auto const bytes = packed ? which->packed() : which->bytes();
    image_bytes_ += bytes.size();
    queue(base::bytes_of(headers_.emplace_back(image_header(bytes.size(), which->bytes().size()))));
    queue(bytes);
    queue(first_bytes_);
}

void attempt::queue(base::byte_view bytes)
{
    if (bytes.empty())
        return;
    outgoing_.push_back(bytes);
    if (!std::exchange(writing_, true))
        tasks_.spawn(write());
}

asio::awaitable<void> attempt::write()
{
    while (!outgoing_.empty()) {
        auto const [why, count] = co_await way_->stream().async_write_some(outgoing_.front(), tuple);
        if (why == asio::error::operation_aborted)
            co_return;
        outgoing_.front() = outgoing_.front().subspan(count);
        if (why)  // nobody reads there any more: what is said there tells why
            outgoing_.clear();
        else if (outgoing_.front().empty())
            outgoing_.pop_front();
    }
    writing_ = false;
    look_whether_done();
}

/// The program's first bytes are written whole before the stream is given away.
void attempt::look_whether_done()
{
    if (runs_ && !writing_)
        finish();
}

void attempt::fail(connect_failure what, std::string words)
{
    fail(connect_error{.what = what, .target = {}, .words = std::move(words), .last_output = {}});
}

void attempt::fail(connect_error why)
{
    if (finished_)
        return;
    if (why.target.empty())
        why.target = way_->description();
    auto said = runs_ ? std::string() : stage_.noise();
    if (!said.empty() && !said.ends_with('\n') && !why.last_output.empty())
        said += '\n';
    why.last_output.insert(0, said);
    why_not_ = std::move(why);
    finish();
}

void attempt::finish()
{
    finished_ = true;
    over_.expires_at(asio::steady_timer::time_point::min());
}

/// A stage that sees the end of its input removes what it wrote, and goes.
asio::awaitable<void> attempt::part_in_peace()
{
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    ::shutdown(way_->stream().native_handle(), SHUT_WR);  // not a socket: the wait is all there is
    tasks_.spawn(lose_patience());
    std::array<std::byte, read_at_once> buffer;
    for (error_code end; !end && !impatient_;) {
        auto const [why, count] = co_await way_->stream().async_read_some(buffer, tuple);
        end = why;
    }
    tasks_.cancel();
    co_await tasks_.join();
}

asio::awaitable<void> attempt::lose_patience()
{
    asio::steady_timer soon(on_, patience);
    co_await soon.async_wait(tuple);
    impatient_ = true;
    way_->stream().cancel();
}

}  // namespace tendril::remote::detail
