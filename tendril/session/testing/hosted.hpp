#pragma once

/// @file
/// A host and its clients on one event loop, each client with a terminal of its own. Layer: session, for
/// tests only.

#include <tendril/base/testing/scratch_folder.hpp>
#include <tendril/session/host.hpp>
#include <tendril/session/host_client.hpp>
#include <tendril/session/testing/driven_session.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace tendril::session::testing {

/// A client and what it has been told.
struct looker {
    explicit looker(host_client connected) : link(std::move(connected)) {}

    std::optional<host_client> link;
    term::terminal screen;
    std::string output;
    int beginnings = 0;
    std::optional<welcome_packet> welcome;
    std::optional<process::exit_status> status;
    std::optional<error> failure;  // after the status, that the host has hung up

    /// From @p name in @p folder; reads until the end on @p on.
    static std::shared_ptr<looker> come(asio::io_context& on, host_folder const& folder,
                                        std::string_view name, hello_packet const& hello)
    {
        auto connected = host_client::connect(on.get_executor(), folder, name, hello);
        REQUIRE(connected.has_value());
        auto made = std::make_shared<looker>(std::move(*connected));
        asio::co_spawn(on, read_all(made), asio::detached);
        return made;
    }

    [[nodiscard]] bool shows(std::string_view text) const
    {
        for (auto const& line : screen.dump())
            if (line.find(text) != std::string::npos)
                return true;
        return false;
    }

    void type(std::string_view keys) { REQUIRE(!link->type(base::bytes_of(keys))); }

    /// Hangs up; what was on the way is lost.
    void detach() { link.reset(); }

    void take(welcome_packet said) { welcome = std::move(said); }
    void take(process::exit_status said) { status = said; }
    void take(host_resized said) { screen.resize(said.size); }
    void take(host_screen said)
    {
        ++beginnings;
        screen = term::terminal(said.size);
    }
    void take(host_output said)
    {
        output += said.bytes;
        screen.feed(base::bytes_of(said.bytes));
    }

private:
    static asio::awaitable<void> read_all(std::shared_ptr<looker> self)
    {
        for (;;) {
            auto said = co_await self->link->next();
            if (!said) {
                self->failure = std::move(said.error());
                self->link.reset();
                co_return;
            }
            std::visit([&](auto&& event) { self->take(std::forward<decltype(event)>(event)); },
                       std::move(*said));
        }
    }
};

/// A host of `sh -c SCRIPT` under the name "it".
struct hosting : patient_loop {
    explicit hosting(std::string script, host_options how = {})
    {
        auto claimed = folder.claim("it");
        REQUIRE(claimed.has_value());
        auto program = started(loop, shell(std::move(script)));
        program.keep_reading();
        auto const& shown = dynamic_cast<term::terminal const&>(program.emulator());
        how.name = "it";
        serving.emplace(std::move(program), shown, std::move(*claimed), std::move(how));
        asio::co_spawn(loop, serving->run(), [this](std::exception_ptr why) {
            failed = why != nullptr;
            over = true;
        });
    }

    ~hosting()
    {
        if (!over)
            static_cast<void>(serving->program().signal_group(SIGKILL));
        CHECK(run_until([this] { return over; }));
        CHECK(!failed);
    }

    std::shared_ptr<looker> come(hello_packet const& hello)
    {
        return looker::come(loop, folder, "it", hello);
    }

    /// Runs the loop until nothing is left to do at once: hang-ups have been noticed.
    void settle()
    {
        do
            loop.restart();
        while (loop.poll() > 0);
    }

    [[nodiscard]] term::terminal const& screen()
    {
        return dynamic_cast<term::terminal const&>(serving->program().emulator());
    }

    base::testing::scratch_folder scratch;
    host_folder folder = host_folder::open(scratch / "sessions").value();
    std::optional<host> serving;
    bool over = false;
    bool failed = false;
};

}  // namespace tendril::session::testing
