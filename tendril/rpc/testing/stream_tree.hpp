#pragma once

/// @file
/// Contexts in one process for tests of streams: on one loop that the test turns, or each on a thread of its
/// own. Layer: rpc.

#include <tendril/rpc/router.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::rpc::testing {

inline void connect(router& above, router& below)
{
    auto ends = make_duplex_pair(above.get_executor(), below.get_executor());
    REQUIRE(ends);
    REQUIRE(below.add_link(std::move(ends->second), above.self().id, relation::above));
    REQUIRE(above.add_link(std::move(ends->first), below.self().id, relation::below));
}

/// Contexts in one process on one loop, linked by sockets.
struct context_tree {
    asio::io_context loop;
    std::vector<log_record> records;
    std::map<context_id, std::unique_ptr<router>> contexts;

    router& add(context_id id, std::vector<context_id> ancestors, router_options options = {})
    {
        options.log = [this](log_record const& record) { records.push_back(record); };
        return *contexts
                    .emplace(id,
                             std::make_unique<router>(loop.get_executor(), identity{id, std::move(ancestors)},
                                                      std::move(options)))
                    .first->second;
    }

    void link(context_id above, context_id below) { connect(at(above), at(below)); }

    /// 0 above 1 above 2, and 3 beside 1.
    void add_family(router_options const& options)
    {
        add(0, {}, options);
        add(1, {0}, options);
        add(2, {1, 0}, options);
        add(3, {0}, options);
        link(0, 1);
        link(1, 2);
        link(0, 3);
        run_until([&] { return at(0).knows(2); });
    }

    router& at(context_id id) { return *contexts.at(id); }

    /// Turns the loop until @p happened; a test that waits in vain fails.
    void run_until(std::function<bool()> const& happened)
    {
        auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        bool has_happened = happened();
        while (!has_happened && std::chrono::steady_clock::now() < deadline) {
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(100));
            has_happened = happened();
        }
        REQUIRE(has_happened);
    }

    /// Does what is due.
    void settle()
    {
        loop.restart();
        loop.poll();
    }
};

/// A family in which all may speak with each other.
struct stream_tree : context_tree {
    stream_tree() { add_family({.allowed = directions::any}); }
};

/// A router that any thread may use, with the thread that runs it.
class threaded_router {
public:
    explicit threaded_router(identity self)
        : router_(std::make_unique<router>(
              loop_.get_executor(), std::move(self),
              router_options{.allowed = directions::any, .from = callers::any_thread})),
          thread_([this] { loop_.run(); })
    {
    }
    threaded_router(threaded_router const&) = delete;
    threaded_router& operator=(threaded_router const&) = delete;
    ~threaded_router() { end(); }

    /// Ends the router, as a program that ends would.
    void end()
    {
        router_.reset();
        work_.reset();
        if (thread_.joinable())
            thread_.join();
    }

    router& operator*() { return *router_; }
    router* operator->() { return router_.get(); }

private:
    asio::io_context loop_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
    std::unique_ptr<router> router_;
    std::thread thread_;
};

/// 0 above 1 above 2, each on a thread.
struct threaded_line {
    threaded_router top{{.id = 0}};
    threaded_router middle{{.id = 1, .ancestors = {0}}};
    threaded_router bottom{{.id = 2, .ancestors = {1, 0}}};

    threaded_line()
    {
        connect(*top, *middle);
        connect(*middle, *bottom);
        while (!top->knows(2))  // every look is a turn of its loop
            std::this_thread::yield();
    }
};

}  // namespace tendril::rpc::testing
