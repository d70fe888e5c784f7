#pragma once

/// @file
/// One bootstrap under way: listens to the stage, gives it the program, watches the way there and the clock.
/// Layer: remote (base, io). Parity row K01.

#include <tendril/io/task_group.hpp>
#include <tendril/remote/bootstrap.hpp>
#include <tendril/remote/stage_reader.hpp>

#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/steady_timer.hpp>

namespace tendril::remote::detail {

/// Lifetime: until run() has completed. Threads: one strand.
class attempt {
public:
    attempt(io::executor on, std::unique_ptr<carrier> way, std::string_view nonce,
            std::shared_ptr<image_store const> images, std::vector<std::byte> first_bytes);

    /// Once.
    [[nodiscard]] asio::awaitable<std::expected<reached, connect_error>>
    run(std::chrono::milliseconds timeout);

private:
    [[nodiscard]] asio::awaitable<void> listen();
    [[nodiscard]] asio::awaitable<void> watch();
    [[nodiscard]] asio::awaitable<void> write();
    [[nodiscard]] asio::awaitable<void> give(std::shared_ptr<image> which, bool packed);
    [[nodiscard]] asio::awaitable<void> part_in_peace();
    [[nodiscard]] asio::awaitable<void> lose_patience();

    void hear(base::byte_view bytes);
    void hear_what_is_there();
    void obey(stage_word said);
    void hand_over(std::string_view wish);
    void queue(base::byte_view bytes);
    void look_whether_done();
    void fail(connect_failure what, std::string words);
    void fail(connect_error why);
    void finish();

    io::executor on_;
    std::unique_ptr<carrier> way_;
    std::shared_ptr<image_store const> images_;
    std::vector<std::byte> first_bytes_;
    stage_reader stage_;
    io::task_group tasks_;
    asio::steady_timer over_;

    std::deque<base::byte_view> outgoing_;
    std::deque<std::string> headers_;  // what outgoing_ may refer to
    bool writing_ = false;
    int gifts_ = 0;
    std::size_t image_bytes_ = 0;
    bool runs_ = false;
    bool finished_ = false;
    bool impatient_ = false;
    std::optional<connect_error> why_not_;
};

}  // namespace tendril::remote::detail
