#include <tendril/rpc/call_service.hpp>
#include <tendril/rpc/context.hpp>
#include <tendril/rpc/receiver.hpp>
#include <tendril/rpc/select.hpp>
#include <tendril/rpc/sender.hpp>

#include <atomic>
#include <map>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <doctest/doctest.h>

namespace far_end {

using namespace tendril;

struct point {
    int x = 0;
    int y = 0;
    static constexpr auto wire_fields = std::tuple(&point::x, &point::y);
};

int add(int left, int right)
{
    return left + right;
}

point mirrored(point const& of)
{
    return {of.y, of.x};
}

struct geometry {
    static double half(double of) { return of / 2; }
};

void fail_with(std::string const& text)
{
    throw std::runtime_error(text);
}

std::atomic<int> counted = 0;

int count()
{
    return ++counted;
}

std::uint32_t who_am_i(rpc::call_context& here)
{
    return here.caller * 100 + here.via.self().id;
}

asio::awaitable<int> later(int value)
{
    asio::steady_timer soon(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    co_await soon.async_wait(asio::use_awaitable);
    co_return value;
}

std::atomic<bool> is_waiting = false;

asio::awaitable<void> never()
{
    asio::steady_timer end(co_await asio::this_coro::executor, std::chrono::hours(1));
    is_waiting = true;
    co_await end.async_wait(asio::use_awaitable);
}

int until_stopped(rpc::call_context& here)
{
    is_waiting = true;
    while (!here.stop.stop_requested())
        std::this_thread::yield();
    throw std::runtime_error("stopped");
}

/// Runs until somebody else runs beside it.
int meet()
{
    static std::atomic<int> here = 0;
    ++here;
    while (here < 2)
        std::this_thread::yield();
    return here;
}

/// Asks the context above in turn.
int ask_parent(rpc::call_context& here)
{
    auto const sum = rpc::context(here.via, here.caller).call<add>(2, 3);
    if (!sum)
        throw rpc::call_failed(sum.error());
    return *sum;
}

/// Sends @p count numbers where it is told to.
int stream_to(rpc::sender to, int count)
{
    for (int n = 0; n < count; ++n)
        if (auto const sent = to.send(n); !sent)
            throw std::runtime_error(sent.error().reason);
    to.close("that was all");
    return count;
}

rpc::context myself(rpc::call_context& here)
{
    return {here.via, here.via.self().id};
}

std::string echo(std::string text)
{
    return text;
}

}  // namespace far_end

template <>
inline constexpr auto tendril::rpc::runs<far_end::echo> = tendril::rpc::execution::at_once;

namespace {

using namespace tendril;
using namespace tendril::rpc;
using namespace far_end;
using namespace std::chrono_literals;

/// A master and a context below it, each on a thread of its own, with @p threads for calls.
struct two_contexts {
    explicit two_contexts(std::size_t threads = 1, call_limits limits = {}) : work(threads)
    {
        near_thread = std::thread([this] { loop.run(); });
        far_thread = std::thread([this] { far_loop.run(); });
        auto ends = make_duplex_pair(loop.get_executor(), far_loop.get_executor());
        REQUIRE(ends);
        REQUIRE(far.add_link(std::move(ends->second), 0, relation::above));
        REQUIRE(near.add_link(std::move(ends->first), 7, relation::below));
        near_calls.emplace(near, near_work.get_executor());
        far_calls.emplace(far, work.get_executor(), limits);
    }
    two_contexts(two_contexts const&) = delete;
    two_contexts& operator=(two_contexts const&) = delete;

    ~two_contexts()
    {
        lose_far();
        near_work.join();
        guard.reset();
        loop.stop();
        near_thread.join();
    }

    void lose_far()
    {
        if (!far_thread.joinable())
            return;
        far.defer([this] { far_calls.reset(); });
        work.join();
        far.close("the test is over");
        far_guard.reset();
        far_loop.stop();
        far_thread.join();
    }

    static router_options from_anywhere() { return {.from = callers::any_thread}; }

    asio::io_context loop{1};
    asio::io_context far_loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{loop.get_executor()};
    asio::executor_work_guard<asio::io_context::executor_type> far_guard{far_loop.get_executor()};
    asio::thread_pool work;
    asio::thread_pool near_work{1};
    router near{loop.get_executor(), {0, {}}, from_anywhere()};
    router far{far_loop.get_executor(), {7, {0}}, from_anywhere()};
    std::optional<call_service> near_calls;
    std::optional<call_service> far_calls;
    std::thread near_thread;
    std::thread far_thread;
    context child{near, 7};
};

TEST_CASE("R08: a function runs in another context and its value comes back")
{
    two_contexts both;

    CHECK(both.child.call<add>(2, 3) == 5);
    CHECK(both.child.call<geometry::half>(3) == 1.5);
    auto const turned = both.child.call<mirrored>(point{1, 2});
    REQUIRE(turned);
    CHECK(turned->x == 2);
    CHECK(both.child.call<later>(42) == 42);
    CHECK(both.child.call<echo>("at once") == "at once");
}

TEST_CASE("R08: a function may ask where it runs and for whom")
{
    two_contexts both;

    CHECK(both.child.call<who_am_i>() == 7U);
}

TEST_CASE("R08: a function that the far end does not have, or knows differently, is a clear error")
{
    two_contexts both;
    auto const ask = [&](std::string_view name, std::uint64_t signature) {
        wire::byte_buffer request;
        wire::packer to(request);
        rpc::detail::pack_head(to, {name, signature, 0});
        to.array(0);
        auto answer = rpc::detail::wait_for(
            *rpc::detail::start_call(both.near, 7, std::move(request), well_known::call), std::nullopt);
        REQUIRE_FALSE(*answer);
        return answer->error();
    };

    auto const unknown = ask("far_end::nothing", 0);
    CHECK(unknown.what == call_failure::unknown_function);
    CHECK(unknown.text ==
          "there is no function far_end::nothing in context 7: another program, or another build of it");
    auto const different = ask("far_end::add", 1);
    CHECK(different.what == call_failure::wrong_signature);
    CHECK(different.text.starts_with(
        "far_end::add in context 7 is int (*)(int, int), and was called as something else"));
    auto const none = ask("far_end::add", rpc::detail::signature_hash("int (*)(int, int)"));
    CHECK(none.what == call_failure::bad_arguments);
}

TEST_CASE("R09: an exception arrives with its type, its text, and where it passed")
{
    two_contexts both;

    auto const failed = both.child.call<fail_with>("no such disk");

    REQUIRE_FALSE(failed);
    CHECK(failed.error() == call_error{.what = call_failure::thrown,
                                       .type = "std::runtime_error",
                                       .text = "no such disk",
                                       .trace = {"far_end::fail_with() in context 7"}});
    CHECK(failed.error().message() == "std::runtime_error: no such disk; far_end::fail_with() in context 7");
}

TEST_CASE("R09: an error that passes two contexts names both, and a child has no authority over its parent")
{
    two_contexts both;

    auto const refused = both.child.call<ask_parent>();

    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == call_failure::refused);
    CHECK(refused.error().text == "handle 6 does not take that from context 7 on the authority of 7");
    CHECK(refused.error().trace == std::vector<std::string>{"far_end::ask_parent() in context 7"});
}

TEST_CASE("R07: a call is awaited, called back or waited for, and a deadline ends only the waiting")
{
    two_contexts both;
    auto slow = both.child.call_async<until_stopped>();
    auto const early = slow.get(10ms);
    REQUIRE_FALSE(early);
    CHECK(early.error().what == call_failure::timed_out);
    CHECK(early.error().text == "context 7 did not answer within 10 ms");

    auto sum = both.child.call_async<later>(3);
    auto future = sum.async_get(asio::use_future);
    CHECK(future.get() == 3);
    CHECK(sum.is_ready());

    slow.cancel();
    auto const cancelled = slow.get();
    REQUIRE_FALSE(cancelled);
    CHECK(cancelled.error().what == call_failure::cancelled);
}

TEST_CASE("R07: waiting in the router's own thread is refused, for it would wait for itself")
{
    two_contexts both;
    std::promise<call_failure> seen;
    both.near.defer([&] {
        auto const never_comes = both.child.call<add>(1, 1);
        seen.set_value(never_comes ? call_failure::thrown : never_comes.error().what);
    });

    CHECK(seen.get_future().get() == call_failure::refused);
}

TEST_CASE("R07: a call that nobody waits for runs, too")
{
    two_contexts both;
    counted = 0;
    for (int n = 0; n < 5; ++n)
        both.child.call_no_reply<count>();

    CHECK(both.child.call<count>() == 6);
}

TEST_CASE("R15: calls of a chain run in order, and none after one that failed")
{
    two_contexts both(4);
    counted = 0;
    {
        call_chain in_order(both.child);
        auto first = in_order.call_async<count>();
        auto failing = in_order.call_async<fail_with>("the second");
        auto third = in_order.call_async<count>();
        auto fourth = in_order.call_async<later>(4);
        CHECK(first.get() == 1);
        auto const why = failing.get();
        REQUIRE_FALSE(why);
        for (auto const& each : {third.get(), fourth.get()}) {
            REQUIRE_FALSE(each);
            CHECK(each.error() == why.error());
        }
        CHECK(counted == 1);

        in_order.reset();
        CHECK(in_order.call<count>() == 2);
    }
    CHECK(both.child.call<count>() == 3);
}

TEST_CASE("R15: a thousand calls of a chain take one trip and keep their order")
{
    two_contexts both(4);
    counted = 0;
    call_chain in_order(both.child);
    std::vector<pending_call<int>> pending;
    for (int n = 0; n < 1000; ++n)
        pending.push_back(in_order.call_async<count>());
    for (int n = 0; n < 1000; ++n)
        CHECK(pending[static_cast<std::size_t>(n)].get() == n + 1);
}

TEST_CASE("R16: calls run one at a time, or side by side where there are threads for it")
{
    two_contexts both(2);
    auto one = both.child.call_async<meet>();
    auto other = both.child.call_async<meet>();

    CHECK(one.get() == 2);
    CHECK(other.get() == 2);
}

TEST_CASE("R16: a call is cancelled while it runs, while it waits its turn, and while it awaits")
{
    two_contexts both;
    is_waiting = false;
    counted = 0;
    auto running = both.child.call_async<until_stopped>();
    auto queued = both.child.call_async<count>();
    while (!is_waiting)
        std::this_thread::yield();
    is_waiting = false;
    auto awaiting = both.child.call_async<never>();
    while (!is_waiting)
        std::this_thread::yield();

    awaiting.cancel();
    queued.cancel();
    running.cancel();

    for (auto const& each : {awaiting.get().error(), queued.get().error(), running.get().error()})
        CHECK(each.what == call_failure::cancelled);
    CHECK(counted == 0);
}

TEST_CASE("R11: a call is handed a sender and streams into it; R14: contexts and senders travel")
{
    two_contexts both;
    receiver numbers(both.near);
    auto done = both.child.call_async<stream_to>(numbers.to_sender(), 1000);

    for (int n = 0; n < 1000; ++n)
        CHECK(numbers.get_data<int>() == n);
    auto const end = numbers.get();
    REQUIRE_FALSE(end);
    CHECK(end.error().reason == "that was all");
    CHECK(done.get() == 1000);
    CHECK(both.child.call<myself>() == both.child);
}

TEST_CASE("R12: a select gives calls in the order in which they are answered")
{
    two_contexts both;
    is_waiting = false;
    auto slow = both.child.call_async<never>();
    auto quick = both.child.call_async<later>(1);
    rpc::select first(leaving::after_one, slow, quick);

    auto const chosen = first.get();
    REQUIRE(chosen);
    CHECK(chosen->is_from(quick));
    CHECK(quick.get() == 1);
    slow.cancel();
    auto const next = first.get();
    REQUIRE(next);
    CHECK(next->is_from(slow));
    CHECK(slow.get().error().what == call_failure::cancelled);
    CHECK_FALSE(first);
}

TEST_CASE("R20: who waits for a context that is lost hears it at once")
{
    two_contexts both;
    is_waiting = false;
    auto waiting = both.child.call_async<never>();
    while (!is_waiting)
        std::this_thread::yield();

    both.lose_far();
    auto const lost = waiting.get();

    REQUIRE_FALSE(lost);
    CHECK(lost.error().what == call_failure::lost);
    CHECK(lost.error().text.starts_with("the link to context 7 was lost: "));
    auto const after = both.child.call<add>(1, 1);
    REQUIRE_FALSE(after);
    CHECK(after.error().what == call_failure::lost);
    CHECK(after.error().text == lost.error().text);
}

TEST_CASE("R16: more calls than a context takes are refused, not queued")
{
    two_contexts both(1, {.calls = 3});
    auto blocking = both.child.call_async<until_stopped>();
    std::vector<pending_call<int>> others;
    for (int n = 0; n < 3; ++n)
        others.push_back(both.child.call_async<add>(n, n));

    auto const refused = others[2].get();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what == call_failure::refused);
    CHECK(refused.error().text.contains("calls of"));
    blocking.cancel();
    CHECK(others[0].get() == 0);
    CHECK(others[1].get() == 2);
}

}  // namespace
