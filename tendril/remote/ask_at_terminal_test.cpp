#include <tendril/base/file.hpp>
#include <tendril/pty/pair.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/remote/ask_at_terminal.hpp>

#include <array>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril::remote;
using tendril::base::secret;

namespace asio = tendril::asio;

/// A question that is being asked.
struct asked {
    asked(asio::io_context& loop, responder const& person, std::string text)
    {
        auto answered = [this](std::exception_ptr, std::optional<secret> given) {
            is_over = true;
            if (given)
                answer = given->reveal();
        };
        asio::co_spawn(loop, person({"ssh:web1", std::move(text)}),
                       asio::bind_cancellation_slot(cancel.slot(), std::move(answered)));
    }
    asked(asked const&) = delete;
    asked& operator=(asked const&) = delete;

    asio::cancellation_signal cancel;
    std::optional<std::string> answer;
    bool is_over = false;
};

/// A terminal with a test at its keys.
struct desk {
    desk()
    {
        auto opened = tendril::pty::open();
        REQUIRE(opened.has_value());
        terminal = std::move(*opened);
        person = ask_at_terminal(terminal.slave_path);
    }

    template <typename Condition>
    void run_until(Condition condition)
    {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!condition()) {
            CAPTURE(shown);
            REQUIRE(std::chrono::steady_clock::now() < limit);
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(10));
            look();
        }
    }

    void look()
    {
        ::pollfd waited{terminal.master.get(), POLLIN, 0};
        while (::poll(&waited, 1, 0) == 1) {
            std::array<char, 4096> chunk;
            auto const count = ::read(terminal.master.get(), chunk.data(), chunk.size());
            REQUIRE(count > 0);
            shown.append(chunk.data(), static_cast<std::size_t>(count));
        }
    }

    void await(std::string_view text)
    {
        run_until([&] { return shown.contains(text); });
    }

    void type(std::string_view keys)
    {
        REQUIRE(tendril::base::write_all(terminal.master.get(), tendril::base::bytes_of(keys), "a terminal")
                    .has_value());
    }

    [[nodiscard]] bool echoes() const
    {
        auto const now = tendril::pty::attributes_of(terminal.slave.get());
        REQUIRE(now.has_value());
        return (now->c_lflag & ECHO) != 0 && tendril::pty::is_canonical(*now);
    }

    asio::io_context loop;
    tendril::pty::pair terminal;
    responder person;
    std::string shown;
};

TEST_CASE("K17: a person types an answer that nobody sees, with the keys for mistakes")
{
    desk at;
    asked question(at.loop, at.person, "root@web1's password: ");
    at.await("ssh:web1: root@web1's password: ");
    CHECK_FALSE(at.echoes());

    at.type("wrong\x15gr\xc3\xbc\xc3\x9f\x7f\x7fo\xc3\x9f\x1b\r");
    at.run_until([&] { return question.is_over; });

    CHECK(question.answer == "gro\xc3\x9f");
    at.await("\r\n");
    CHECK(at.shown == "ssh:web1: root@web1's password: \r\n");
    CHECK(at.echoes());
}

TEST_CASE("K17: a person who does not want to answer says so")
{
    for (std::string_view const keys : {"half\x03", "\x04", "\x1c"}) {
        desk at;
        asked question(at.loop, at.person, "Password: ");
        at.await("Password: ");
        at.type(keys);
        at.run_until([&] { return question.is_over; });
        CHECK_FALSE(question.answer);
        CHECK(at.echoes());
    }
}

TEST_CASE("K17: questions come one after the other, and who gave up waiting is not asked")
{
    desk at;
    asked first(at.loop, at.person, "one? ");
    asked second(at.loop, at.person, "two? ");
    asked third(at.loop, at.person, "three? ");
    at.await("one? ");

    second.cancel.emit(asio::cancellation_type::terminal);
    at.run_until([&] { return second.is_over; });
    at.type("1\r");
    at.await("three? ");
    at.type("3\r");
    at.run_until([&] { return third.is_over; });

    CHECK(first.answer == "1");
    CHECK(third.answer == "3");
    CHECK_FALSE(at.shown.contains("two"));
}

TEST_CASE("K17: a question that is taken back leaves the terminal as it was, for the next one")
{
    desk at;
    asked first(at.loop, at.person, "one? ");
    asked second(at.loop, at.person, "two? ");
    at.await("one? ");
    CHECK_FALSE(at.echoes());

    first.cancel.emit(asio::cancellation_type::terminal);

    at.await("two? ");
    CHECK(first.is_over);
    CHECK_FALSE(first.answer);
    at.type("2\r");
    at.run_until([&] { return second.is_over; });
    CHECK(second.answer == "2");
    CHECK(at.echoes());
}

TEST_CASE("K17: without a terminal nobody answers")
{
    asio::io_context loop;
    asked question(loop, ask_at_terminal("/nowhere/tty"), "Password: ");
    loop.run();
    CHECK(question.is_over);
    CHECK_FALSE(question.answer);
}

}  // namespace
