#pragma once

/// @file
/// One way to a far end, used: what comes back, what is written, how it fails. Waits fail instead of hanging.
/// Layer: remote (base, io); for tests.

#include <tendril/base/bytes.hpp>
#include <tendril/remote/carrier.hpp>

#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

namespace tendril::remote {

/// How a failed assertion shows a failure.
inline doctest::String toString(connect_failure what)
{
    return std::string(meaning(what)).c_str();
}

}  // namespace tendril::remote

namespace tendril::remote::testing {

/// The error of a way that cannot even be started.
inline connect_error refusal_of(way_in const& way)
{
    asio::io_context loop;
    auto const started = way(loop.get_executor(), "true");
    REQUIRE_FALSE(started.has_value());
    return started.error();
}

class travel {
public:
    travel(way_in const& way, std::string const& line)
    {
        auto started = way(loop.get_executor(), line);
        REQUIRE_MESSAGE(started.has_value(), started.error().message());
        way_ = std::move(*started);
        read_on();
        asio::co_spawn(loop, way_->failure(), [this](std::exception_ptr thrown, connect_error const& why) {
            if (!thrown)
                failed = why;
        });
    }
    travel(travel const&) = delete;
    travel& operator=(travel const&) = delete;

    /// Runs the loop until @p condition holds.
    template <typename Condition>
    void run_until(Condition condition)
    {
        auto const limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!condition()) {
            CAPTURE(output);
            CAPTURE((failed ? failed->message() : "no failure"));
            REQUIRE(std::chrono::steady_clock::now() < limit);
            loop.restart();
            loop.run_one_for(std::chrono::milliseconds(100));
        }
    }

    /// Waits until @p text has come.
    void await(std::string_view text)
    {
        run_until([&] { return output.contains(text) || failed; });
        CHECK_MESSAGE(output.contains(text), output, (failed ? failed->message() : ""));
    }

    /// Waits until it leads nowhere.
    connect_error failure()
    {
        run_until([&] { return failed.has_value(); });
        return *failed;
    }

    /// Waits until nothing more can come back.
    void await_end()
    {
        run_until([&] { return end.failed(); });
    }

    /// Writes all of @p text while it goes on reading.
    void write(std::string_view text)
    {
        bool done = false;
        write_on(text, done);
        run_until([&] { return done; });
    }

    /// Checks that every byte comes back as it was sent, from a far end that echoes.
    void check_echo()
    {
        std::string bytes;
        for (int each = 0; each < 256 * 64; ++each)
            bytes += static_cast<char>(each);
        output.clear();
        write(bytes);
        run_until([&] { return output.size() >= bytes.size() || failed; });
        CHECK((output == bytes));
    }

    /// Ends the way as its owner does.
    void leave() { way_.reset(); }

    carrier& way() { return *way_; }

    asio::io_context loop;
    std::string output;
    error_code end;
    std::optional<connect_error> failed;

private:
    void read_on()
    {
        way_->stream().async_read_some(buffer_, [this](error_code why, std::size_t count) {
            output.append(reinterpret_cast<char const*>(buffer_.data()), count);
            end = why;
            if (!why)
                read_on();
        });
    }

    void write_on(std::string_view text, bool& done)
    {
        way_->stream().async_write_some(base::bytes_of(text),
                                        [this, text, &done](error_code why, std::size_t count) {
                                            CHECK_FALSE(why);
                                            done = why || count == text.size();
                                            if (!done)
                                                write_on(text.substr(count), done);
                                        });
    }

    std::array<std::byte, 65536> buffer_;
    std::unique_ptr<carrier> way_;
};

}  // namespace tendril::remote::testing
