#include <tendril/session/detail/callback_list.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using session::callback_id;
using session::session_event;
using session::testing::hosted_session;

/// A log that notes that it was told something.
class noting_log final : public session::log {
public:
    noting_log(std::vector<std::string>& notes, std::string name) : notes_(&notes), name_(std::move(name)) {}
    void output(session::moment, base::byte_view) override { notes_->push_back(name_); }
    void resized(session::moment, pty::window_size) override {}
    void ended(session::moment, process::exit_status) override { notes_->push_back(name_ + " ended"); }

private:
    std::vector<std::string>* notes_;
    std::string name_;
};

TEST_CASE("M05: patterns, logs and the update callbacks are served in this order, the end comes last")
{
    hosted_session hosted("printf hello");
    auto& program = *hosted.program;
    std::vector<std::string> notes;
    auto const note = [&](std::string what) {
        return [&notes, what](auto const&) { notes.push_back(what); };
    };
    program.on_update(note("first update"));
    program.on_exit(note("exit"));
    program.log_to(std::make_shared<noting_log>(notes, "log"));
    auto const removed = std::make_shared<noting_log>(notes, "removed log");
    program.log_to(removed);
    program.log_to(std::make_shared<noting_log>(notes, "system log"));
    program.remove_log(*removed);
    program.on_update(note("second update"));
    program.expect({*expect::pattern::exact("hello")}, note("screen"), {.as = expect::standing::sticky});
    program.expect({*expect::pattern::exact("hello")}, note("stream"),
                   {.from = expect::source::stream, .as = expect::standing::sticky});

    REQUIRE(hosted.run_to_exit());

    CHECK(notes == std::vector<std::string>{"stream", "screen", "log", "system log", "first update",
                                            "second update", "log ended", "system log ended", "exit"});
}

TEST_CASE("M06: an id replaces the callback that has it, in its place, and removes it from both events")
{
    session::detail::callback_list<int> list;
    base::first_exception failed;
    std::string called;
    list.set(callback_id{1}, [&](int) { called += 'a'; });
    list.set(callback_id{2}, [&](int) { called += 'b'; });
    list.set(callback_id{1}, [&](int) { called += 'A'; });
    list.call(failed, 0);
    CHECK(called == "Ab");
    CHECK(list.remove(callback_id{1}));
    CHECK_FALSE(list.remove(callback_id{1}));

    hosted_session hosted("echo one; read line; echo two");
    auto& program = *hosted.program;
    int updates = 0;
    int exits = 0;
    program.on_update(callback_id{7}, [&](auto) { ++updates; });
    program.on_exit(callback_id{7}, [&](auto) { ++exits; });
    auto const own = program.on_update([](auto) {});
    CHECK(own != callback_id{7});
    REQUIRE(hosted.run_until_shown("one"));
    auto const before = updates;
    CHECK(before > 0);
    CHECK(program.remove_callbacks(callback_id{7}));
    CHECK_FALSE(program.remove_callbacks(callback_id{7}));
    CHECK(program.remove_callback(session_event::update, own));
    CHECK_FALSE(program.remove_callback(session_event::exit, own));

    REQUIRE_FALSE(program.write_line(""));
    REQUIRE(hosted.run_to_exit());

    CHECK(updates == before);
    CHECK(exits == 0);
}

TEST_CASE("M06: a callback may remove itself and others, which are not called any more, and add new ones")
{
    session::detail::callback_list<> list;
    base::first_exception failed;
    std::string called;
    list.set(callback_id{1}, [&] {
        called += '1';
        list.remove(callback_id{1});
        list.remove(callback_id{2});
        list.set(callback_id{4}, [&] { called += '4'; });
    });
    list.set(callback_id{2}, [&] { called += '2'; });
    list.set(callback_id{3}, [&] { called += '3'; });

    list.call(failed);
    CHECK(called == "13");
    list.call(failed);
    CHECK(called == "1334");
}

TEST_CASE("M06: a session may be destroyed by any of its callbacks; the ones behind are not called")
{
    for (std::string const where : {"stream", "screen", "update", "exit", "deadline", "log"}) {
        CAPTURE(where);
        hosted_session hosted("echo hello; [ $0 = exit ] || read line");
        bool called = false;
        bool late = false;
        auto const end_it = [&](auto const&...) {
            called = true;
            hosted.program.reset();
        };
        expect::options how{.from = expect::source::stream};
        auto& program = *hosted.program;
        if (where == "stream" || where == "screen") {
            how.from = where == "stream" ? expect::source::stream : expect::source::screen;
            program.expect({*expect::pattern::exact("hello")}, end_it, how);
        } else if (where == "update") {
            program.on_update(end_it);
        } else if (where == "exit") {
            program.on_exit(end_it);
            REQUIRE_FALSE(program.write_line(""));
        } else if (where == "deadline") {
            how.deadline = std::chrono::steady_clock::now();
            how.on_lapse = end_it;
            program.expect({*expect::pattern::exact("never")}, end_it, how);
        } else {
            struct ending_log final : session::log {
                std::function<void()> act;
                void output(session::moment, base::byte_view) override { act(); }
                void resized(session::moment, pty::window_size) override {}
                void ended(session::moment, process::exit_status) override {}
            };
            auto log = std::make_shared<ending_log>();
            log->act = end_it;
            program.log_to(log);
        }
        if (where == "exit")
            program.on_exit([&](auto) { late = true; });
        else
            program.on_update([&](auto) { late = called; });

        CHECK(hosted.run_until([&] { return called; }));
        hosted.loop.restart();
        hosted.loop.run_for(std::chrono::seconds(20));

        CHECK_FALSE(hosted.program.has_value());
        CHECK_FALSE(late);
    }
}

TEST_CASE("M06: an exception of a callback leaves run(), after the others were called, and reading goes on")
{
    hosted_session hosted("echo one; read line; echo two");
    auto& program = *hosted.program;
    bool behind = false;
    auto const thrower = program.on_update([](auto) { throw std::runtime_error("callback"); });
    program.on_update([&](auto) { behind = true; });
    CHECK_THROWS_WITH(static_cast<void>(hosted.run_until([&] { return behind; })), "callback");
    CHECK(behind);
    program.remove_callbacks(thrower);

    program.expect({*expect::pattern::exact("two")}, [](auto const&) { throw std::runtime_error("pattern"); },
                   {.from = expect::source::stream});
    bool other = false;
    program.expect({*expect::pattern::exact("wo")}, [&](auto const&) { other = true; },
                   {.from = expect::source::stream, .as = expect::standing::sticky});
    REQUIRE_FALSE(program.write_line(""));
    CHECK_THROWS_WITH(static_cast<void>(hosted.run_to_exit()), "pattern");
    CHECK(hosted.run_to_exit());
    CHECK(other);
    CHECK(hosted.output.ends_with("two\r\n"));
}

}  // namespace
