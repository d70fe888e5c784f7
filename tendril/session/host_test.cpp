#include <tendril/session/testing/hosted.hpp>

#include <csignal>
#include <string>
#include <vector>

#include <sys/socket.h>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>
#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using session::hello_packet;
using session::host_view;
using session::packed;
using session::packet_type;
using session::testing::hosting;
using session::testing::looker;
using session::testing::patient_loop;

constexpr hello_packet frames{.view = host_view::frames};
constexpr hello_packet bytes{.view = host_view::bytes};
constexpr hello_packet ending{.view = host_view::ending};

std::string const echo_lines = "stty -echo; echo ready; while read line; do echo \"got $line\"; done";

/// A connection that says what a test wants it to, and reads nothing.
struct raw_peer {
    explicit raw_peer(hosting& of) : socket(of.folder.connect("it").value()) {}

    void say(std::string const& what)
    {
        REQUIRE(::send(socket.get(), what.data(), what.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(what.size()));
    }

    /// True once the host has hung up; what it says before that is thrown away.
    [[nodiscard]] bool is_hung_up()
    {
        char some[4096];
        for (;;) {
            auto const count = ::recv(socket.get(), some, sizeof some, MSG_DONTWAIT);
            if (count > 0)
                said.append(some, static_cast<std::size_t>(count));
            else
                return count == 0 || errno == ECONNRESET;
        }
    }

    base::unique_fd socket;
    std::string said;
};

/// Runs the loop in turns, since nothing wakes it when a raw peer is hung up.
bool run_until_hung_up(hosting& of, raw_peer& peer)
{
    return of.run_until([&] {
        of.loop.run_one_for(10ms);
        return peer.is_hung_up();
    });
}

TEST_CASE("M12: a client sees the screen that was there before it came, and what comes then")
{
    hosting it("stty -echo; printf '\\033[1mbold\\033[m and plain\\r\\nbelow'; read line; echo \" $line\"; "
               "read line");
    auto const first = it.come(frames);
    REQUIRE(it.run_until([&] { return first->shows("below"); }));
    for (auto const& hello : {frames, bytes}) {
        auto const late = it.come(hello);
        REQUIRE(it.run_until([&] { return late->shows("below"); }));

        CHECK(late->screen.dump() == it.screen().dump());
        CHECK(late->beginnings == 1);
        CHECK(!late->welcome->ended);
        CHECK(late->welcome->name == "it");
        CHECK(late->welcome->program == static_cast<std::uint32_t>(it.serving->program().pid()));
        late->detach();
    }
    first->type("again\r");
    CHECK(it.run_until([&] { return first->shows("below again"); }));
}

TEST_CASE("M12: several clients see the same, type into one program, and one that detaches is not missed")
{
    hosting it(echo_lines);
    auto const one = it.come(frames);
    auto const other = it.come(bytes);
    REQUIRE(it.run_until([&] { return one->shows("ready") && other->shows("ready"); }));

    one->type("a\r");
    REQUIRE(it.run_until([&] { return other->shows("got a"); }));
    other->type("b\r");
    REQUIRE(it.run_until([&] { return one->shows("got b"); }));
    one->detach();
    other->type("c\r");
    REQUIRE(it.run_until([&] { return other->shows("got c"); }));

    CHECK(it.serving->program().alive());
    CHECK(other->screen.dump() == it.screen().dump());
}

TEST_CASE("M12: the end is told to all who are attached; then the host is over and its socket gone")
{
    hosting it("read line; printf 'the last words'; exit 7");
    std::vector<std::shared_ptr<looker>> all;
    for (auto const& hello : {frames, bytes, ending, hello_packet{}})
        all.push_back(it.come(hello));
    REQUIRE(it.run_until([&] { return all.back()->welcome.has_value(); }));

    all.front()->type("\r");
    REQUIRE(it.run_until([&] { return it.over; }));
    it.serving.reset();

    for (auto const& each : all) {
        CHECK(it.run_until([&] { return each->failure.has_value(); }));
        CHECK(each->status == process::exit_status::exited(7));
        CHECK(each->failure->code == asio::error::eof);
    }
    CHECK(all[0]->shows("the last words"));
    CHECK(all[1]->output.ends_with("the last words"));
    CHECK(it.folder.names().value().empty());
}

TEST_CASE("M12: the end and the last screen are kept for who comes later; a mere look does not use them up")
{
    hosting it("printf 'the last words'; kill -TERM $$");
    REQUIRE(it.run_until([&] { return !it.serving->program().alive(); }));
    auto const glance = it.come({});
    REQUIRE(it.run_until([&] { return glance->failure.has_value(); }));
    CHECK(glance->welcome->ended);
    CHECK(glance->status == process::exit_status::killed(SIGTERM));
    it.settle();
    CHECK(!it.over);

    auto const late = it.come(frames);
    REQUIRE(it.run_until([&] { return it.over && late->failure; }));

    CHECK(late->shows("the last words"));
    CHECK(late->status == process::exit_status::killed(SIGTERM));
}

TEST_CASE("M12: a client that goes without having read the end was not told")
{
    hosting it("read line; exit 3");
    raw_peer hasty(it);
    hasty.say(packed(ending) + packed(packet_type::keys, "\r"));
    REQUIRE(it.run_until([&] { return !it.serving->program().alive(); }));
    auto const glance = it.come({});
    REQUIRE(it.run_until([&] { return glance->failure.has_value(); }));
    hasty.socket.reset();  // the welcome and the end are unread in it
    it.settle();
    REQUIRE(!it.over);

    auto const late = it.come(ending);
    REQUIRE(it.run_until([&] { return late->failure.has_value(); }));

    CHECK(late->status == process::exit_status::exited(3));
}

TEST_CASE("M12: when nobody comes, the host ends with its patience")
{
    hosting it("exit 0", {.linger = 0s});

    CHECK(it.run_until([&] { return it.over; }));
}

TEST_CASE("M12: the terminal has the size of the client that was there last")
{
    hosting it("stty -echo; echo ready; while read line; do stty size; done");
    auto const wide = it.come({.view = host_view::frames, .size = {100, 30}});
    REQUIRE(it.run_until([&] { return wide->shows("ready"); }));
    auto const small = it.come({.view = host_view::bytes, .size = {40, 10}});
    small->type("\r");
    REQUIRE(it.run_until([&] { return small->shows("10 40") && wide->shows("10 40"); }));
    CHECK(wide->screen.size() == term::grid_size{40, 10});

    wide->type("\r");  // a key is enough
    REQUIRE(it.run_until([&] { return wide->shows("30 100") && small->shows("30 100"); }));
    CHECK(small->screen.size() == term::grid_size{100, 30});

    REQUIRE(!small->link->resize({50, 12}));
    small->type("\r");
    CHECK(it.run_until([&] { return small->shows("12 50") && wide->shows("12 50"); }));
}

TEST_CASE("M12: signals reach the program, and terminate() ends one that ignores the hang-up")
{
    hosting it("trap 'echo interrupted' INT; trap '' HUP; echo ready; while :; do read line; done");
    auto const person = it.come(frames);
    REQUIRE(it.run_until([&] { return person->shows("ready"); }));

    REQUIRE(!person->link->signal(SIGINT));
    REQUIRE(it.run_until([&] { return person->shows("interrupted"); }));
    REQUIRE(!person->link->terminate());
    REQUIRE(it.run_until([&] { return it.over && person->failure; }));

    CHECK(person->status == process::exit_status::killed(SIGTERM));
}

TEST_CASE("M12: clients that do not read hold nobody up, and see the right screen once they do")
{
    hosting it("stty -echo; read line; seq 1 400000; echo finished; read line");
    raw_peer deaf(it);
    deaf.say(packed(bytes));
    raw_peer deaf_to_frames(it);
    deaf_to_frames.say(packed(frames));
    auto const person = it.come(frames);
    person->type("\r");
    REQUIRE(it.run_until([&] { return person->shows("finished"); }));

    session::packet_reader reader;
    term::terminal screen;
    int beginnings = 0;
    std::size_t received = 0;
    auto const read_some = [&] {
        static_cast<void>(deaf.is_hung_up());
        received += deaf.said.size();
        reader.push(base::bytes_of(std::exchange(deaf.said, {})));
        for (auto next = reader.next(); next && *next; next = reader.next()) {
            auto const& [type, payload] = **next;
            if (type == packet_type::screen) {
                ++beginnings;
                screen = term::terminal(session::unpacked_size(payload).value());
            } else if (type == packet_type::output) {
                screen.feed(base::bytes_of(payload));
            }
        }
    };
    CHECK(it.run_until([&] {
        it.loop.run_one_for(10ms);
        read_some();
        return screen.dump() == it.screen().dump();
    }));
    CHECK(beginnings == 2);             // it lost track and began anew, with the history
    CHECK(received < 2 * 1024 * 1024);  // of more than three that the program wrote
}

TEST_CASE("M12: keys that the program does not read wait at the client, and none is lost")
{
    hosting it("stty raw -echo; echo ready; read line; head -c 3000000 | wc -c; read line");
    auto const pasting = it.come(frames);
    REQUIRE(it.run_until([&] { return pasting->shows("ready"); }));

    std::string rest(3'000'000, 'x');
    rest.insert(0, "\n");
    CHECK(it.run_until([&] {
        auto const piece = rest.substr(0, 50'000);
        if (!piece.empty() && !pasting->link->type(base::bytes_of(piece)))
            rest.erase(0, piece.size());
        it.loop.run_one_for(1ms);
        return pasting->shows("3000000");
    }));
}

TEST_CASE("M12: bad input ends the client that sent it, and nobody else")
{
    hosting it(echo_lines);
    auto const person = it.come(frames);
    REQUIRE(it.run_until([&] { return person->shows("ready"); }));
    auto const hello = packed(frames);
    for (auto const& bad : {std::string("GET / HTTP/1.1\r\n\r\n"), packed(packet_type::keys, "before hello"),
                            packed(packet_type::hello, "x"), hello + std::string("\x02\xff\xff\xff\x7f", 5),
                            hello + packed(packet_type::resize, "?"), hello + packed(packet_type::signal),
                            hello + packed(packet_type::signal, "\xff")}) {
        CAPTURE(bad);
        raw_peer peer(it);
        peer.say(bad);
        CHECK(run_until_hung_up(it, peer));
    }

    person->type("still here\r");
    CHECK(it.run_until([&] { return person->shows("got still here"); }));
}

TEST_CASE("M12: types that came after us are skipped, and another version is told why it is refused")
{
    hosting it(echo_lines);
    raw_peer newer(it);
    newer.say(packed(frames) + packed(session::packet_type{99}, "news") +
              packed(packet_type::keys, "typed\r"));
    auto const person = it.come(frames);
    CHECK(it.run_until([&] { return person->shows("got typed"); }));

    auto const other = it.come({.version = 7, .view = host_view::frames});
    REQUIRE(it.run_until([&] { return other->failure.has_value(); }));
    CHECK(other->failure->code == boost::system::errc::protocol_error);
    CHECK(other->failure->message().find("version 1, not 7") != std::string::npos);
}

TEST_CASE("M12: one client more than there may be is refused")
{
    hosting it(echo_lines, {.most_clients = 2});
    auto const one = it.come(frames);
    auto const two = it.come(frames);
    REQUIRE(it.run_until([&] { return one->shows("ready") && two->shows("ready"); }));

    auto const three = it.come(frames);
    REQUIRE(it.run_until([&] { return three->failure.has_value(); }));
    CHECK(three->failure->code == boost::system::errc::protocol_error);

    two->detach();
    one->type("x\r");
    REQUIRE(it.run_until([&] { return one->shows("got x"); }));
    auto const four = it.come(frames);
    CHECK(it.run_until([&] { return four->shows("got x"); }));
}

}  // namespace
