#include <tendril/session/quiet_packing.hpp>
#include <tendril/session/testing/driven_session.hpp>
#include <tendril/term/row.hpp>

#include <memory>
#include <optional>
#include <string>

#include <doctest/doctest.h>

namespace {

using namespace tendril;
using namespace std::chrono_literals;
using session::testing::patient_loop;
using session::testing::shell;
using session::testing::started;

constexpr std::size_t lines_of_flood = 5000;
constexpr std::size_t spared = 100;

/// A program that numbers lines, once at its start and once more for each line it reads.
struct flooding : patient_loop {
    flooding()
    {
        auto screen = std::make_unique<term::terminal>(term::grid_size{80, 24},
                                                       term::terminal_limits{.history_lines = 20'000});
        shown = screen.get();
        program.emplace(started(
            loop, shell("stty -echo; seq -f 'this is line %.0f of many' 5000; read l; seq 5000; read l"),
            std::move(screen)));
        program->keep_reading();
    }

    void pack_when_quiet()
    {
        packing.emplace(*program, *shown,
                        session::packing_options{
                            .after = 20ms, .spared_lines = spared, .on_packed = [this] { ++packed; }});
    }

    [[nodiscard]] bool run_until_line(std::size_t number)
    {
        return run_until([&] { return shown->top_line() >= number; });
    }

    term::terminal* shown = nullptr;
    std::optional<session::session> program;
    std::optional<session::quiet_packing> packing;
    int packed = 0;
};

TEST_CASE("M12: the history of a program that has become silent is packed, and reads as before")
{
    flooding it;
    REQUIRE(it.run_until_line(lines_of_flood - 30));
    auto const warm = it.shown->scrollback().bytes();

    it.pack_when_quiet();
    REQUIRE(it.program->resize({.columns = 80, .rows = 23}).has_value());  // an update
    REQUIRE(it.run_until([&] { return it.packed == 1; }));

    auto const& past = it.shown->scrollback();
    CHECK(past.bytes() < warm / 2);
    term::row line;
    past.read(41, line);
    CHECK(std::string(reinterpret_cast<char const*>(line.bytes().data()), line.bytes().size()) ==
          "this is line 42 of many");
}

TEST_CASE("M12: what a program says later is packed too, once it is silent again")
{
    flooding it;
    it.pack_when_quiet();
    REQUIRE(it.run_until([&] { return it.packed > 0; }));

    REQUIRE(!it.program->write_line(""));
    REQUIRE(it.run_until_line(2 * lines_of_flood - 30));
    auto const before = it.packed;
    CHECK(it.run_until([&] { return it.packed > before; }));
}

TEST_CASE("M12: who packs may go while a program speaks")
{
    flooding it;
    it.pack_when_quiet();
    REQUIRE(it.run_until_line(lines_of_flood / 2));
    auto const before = it.packed;
    it.packing.reset();
    REQUIRE(!it.program->write_line(""));
    CHECK(it.run_until_line(2 * lines_of_flood - 30));
    CHECK(it.packed == before);
}

}  // namespace
