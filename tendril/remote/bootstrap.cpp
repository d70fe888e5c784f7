#include <tendril/remote/bootstrap.hpp>
#include <tendril/remote/detail/attempt.hpp>

#include <array>
#include <cstdint>
#include <utility>

#include <sys/random.h>

namespace tendril::remote {

namespace {

constexpr std::size_t most_first_bytes = 64 * 1024;

/// 64 random bits: no banner has them, and two bootstraps at once do not meet in one folder.
std::string fresh_nonce()
{
    std::uint64_t bits = 0;
    while (::getrandom(&bits, sizeof(bits), 0) != sizeof(bits))
        continue;  // interrupted, early after the machine's start
    std::string text;
    for (int digit = 0; digit < 16; ++digit, bits >>= 4)
        text += "0123456789abcdef"[bits & 15];
    return text;
}

std::string flaw_of(bootstrap_options const& asked, image_store const* images)
{
    if (!is_plain_word(asked.name) || !is_plain_word(asked.word))
        return "a name and a word are letters, digits and ._-@:+=,/";
    if (asked.first_bytes.size() > most_first_bytes)
        return "more than 64 KiB of first bytes";
    return images && !images->hashes().empty() ? "" : "there is no program to send";
}

}  // namespace

asio::awaitable<std::expected<reached, connect_error>>
bootstrap(io::executor on, way_in in, std::shared_ptr<image_store const> images, bootstrap_options asked)
{
    if (auto flaw = flaw_of(asked, images.get()); !flaw.empty()) {
        connect_error why{.what = connect_failure::bad_option,
                          .target = asked.name,
                          .words = std::move(flaw),
                          .last_output = {}};
        co_return std::unexpected(std::move(why));
    }
    auto const nonce = fresh_nonce();
    auto const line = first_stage({.nonce = nonce,
                                   .name = asked.name,
                                   .word = asked.word,
                                   .hashes = images->hashes(),
                                   .sent_blindly = asked.first_bytes.size(),
                                   .keep = asked.keep});
    auto way = in(on, line);
    if (!way)
        co_return std::unexpected(std::move(way.error()));
    detail::attempt one(on, std::move(*way), nonce, std::move(images), std::move(asked.first_bytes));
    co_return co_await one.run(asked.timeout);
}

}  // namespace tendril::remote
