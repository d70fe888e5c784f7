// A program whose tree is cut, frozen and killed: what tests of the end of contexts run.

#include <tendril/base/testing/resident_bytes.hpp>
#include <tendril/remote/main.hpp>
#include <tendril/remote/ssh.hpp>
#include <tendril/remote/testing/hostile_context.hpp>
#include <tendril/remote/testing/killed_tree.hpp>
#include <tendril/remote/testing/tree_functions.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <vector>

namespace {

using namespace tendril;
using namespace tendril::remote::testing;

using words = std::vector<std::string>;

template <typename T, typename E>
T must(std::expected<T, E> got)
{
    if (!got) {
        std::printf("FAILED: %s\n", got.error().message().c_str());
        std::fflush(stdout);
        std::_Exit(3);
    }
    return std::move(*got);
}

void say(std::string const& line)
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

/// Waits for answers of @p chain that will not come, and says what comes instead.
void wait_for_all(remote::node& here, std::vector<member> const& chain)
{
    std::vector<rpc::pending_call<void>> all;
    for (auto const& each : chain)
        all.push_back(rpc::context(here.router(), each.id).call_async<wait_for_ever>());
    for (auto const& each : chain)
        must(rpc::context(here.router(), each.id).call<add>(1, 2));  // so those have come, too
    say("ready");
    for (std::size_t each = 0; each < all.size(); ++each) {
        auto const lost = all[each].get();
        say(std::to_string(chain[each].id) + ": " + (lost ? "it came back" : lost.error().message()));
    }
}

/// severed HOST PORT KEY CONFIG KEEPALIVE: three contexts there.
int severed(remote::node& here, words const& given)
{
    remote::ssh_options way;
    way.hostname = given[0];
    way.port = static_cast<std::uint16_t>(std::stoi(given[1]));
    way.username = "scratch";
    way.identity_file = given[2];
    way.config_file = given[3];
    way.keepalive_interval = std::chrono::seconds(std::stoi(given[4]));
    way.keepalive_count = 2;
    auto const first = must(here.connect(remote::ssh(std::move(way)), {.keep = remote::caching::off}));
    wait_for_all(here, must(first.call<grow>(2)));
    return 0;
}

/// frozen PLACE: a chain of six in which that one stops, from 0.
int frozen(remote::node& here, words const& given)
{
    auto const first = must(here.local());
    auto const chain = must(first.call<grow>(5));
    for (auto const& each : chain)
        say(std::to_string(each.process));
    rpc::context(here.router(), chain[static_cast<std::size_t>(std::stoi(given[0]))].id)
        .call_no_reply<freeze>();
    std::vector<rpc::pending_call<void>> all;
    for (auto const& each : chain)
        all.push_back(rpc::context(here.router(), each.id).call_async<wait_for_ever>());
    for (auto each = static_cast<std::size_t>(std::stoi(given[0])); each < chain.size(); ++each) {
        auto const lost = all[each].get();
        say(std::to_string(chain[each].id) + ": " + (lost ? "it came back" : lost.error().message()));
    }
    return 0;
}

/// behind SHELL...: a context behind that shell, which runs one of the programs that the environment names.
int behind(remote::node& here, words const& given)
{
    auto const worker = must(here.connect(remote::local({.shell = given}), {.keep = remote::caching::off}));
    say(here.introduced(worker).machine + ' ' + must(worker.call<machine>()) + ' ' +
        std::to_string(must(worker.call<add>(20, 22))));
    here.shutdown(worker);
    return 0;
}

/// Records that say what a hostile context is through with, as they come.
class heard_records {
public:
    void add(rpc::log_record const& record)
    {
        std::lock_guard const lock(guard_);
        is_over_ = is_over_ || record.source == "hostile" || record.text.contains("was lost");
        changed_.notify_all();
    }

    [[nodiscard]] bool wait()
    {
        std::unique_lock lock(guard_);
        return changed_.wait_for(lock, std::chrono::seconds(40), [this] { return is_over_; });
    }

private:
    std::mutex guard_;
    std::condition_variable changed_;
    bool is_over_ = false;
};

heard_records records;

/// hostile WAY: a context that misbehaves so, beside honest ones.
int hostile(remote::node& here, words const& given)
{
    constexpr std::size_t allowance = 256UL * 1024 * 1024;
    auto const brother = must(here.local());
    auto const before = base::testing::resident_bytes();
    ::setenv("TENDRIL_TEST_HOSTILE", given[0].c_str(), 1);
    auto const liar = must(here.local());
    ::unsetenv("TENDRIL_TEST_HOSTILE");
    if (!records.wait())
        return say("it did not end"), 1;
    auto const later = must(here.local());
    auto const below = must(later.call<grow>(1));
    if (must(brother.call<add>(1, 2)) != 3 ||
        must(rpc::context(here.router(), below[1].id).call<add>(1, 2)) != 3)
        return say("an honest one gives a wrong answer"), 1;
    auto const grown = base::testing::resident_bytes();
    if (grown > before + allowance)
        return say("memory grew by " + std::to_string((grown - before) / 1024) + " KiB"), 1;
    say(here.router().knows(liar.id()) ? "tolerated" : "lost");
    here.shutdown(liar, std::chrono::milliseconds(200));
    return 0;
}

/// killed ROUNDS: says how long those who wait did not know, in milliseconds.
int killed(remote::node& here, words const& given)
{
    auto seen = kill_trees(here, std::stoi(given[0]));
    if (!seen.flaw.empty()) {
        say(seen.flaw);
        return 1;
    }
    std::ranges::sort(seen.milliseconds);
    auto const at = [&](double part) {
        return seen
            .milliseconds[static_cast<std::size_t>(part * static_cast<double>(seen.milliseconds.size() - 1))];
    };
    std::printf("%zu rounds, heard after %.2f ms (half of them), %.2f ms (99 of 100), %.2f ms (all)\n",
                seen.milliseconds.size(), at(0.5), at(0.99), at(1));
    return 0;
}

int run(remote::node& here, words const& all)
{
    struct verb {
        std::string_view name;
        std::size_t count;
        int (*run)(remote::node&, words const&);
    };
    constexpr std::size_t any_number = 0;
    static constexpr verb verbs[] = {{"severed", 5, severed},
                                     {"frozen", 1, frozen},
                                     {"killed", 1, killed},
                                     {"behind", any_number, behind},
                                     {"hostile", 1, hostile}};
    for (auto const& each : verbs)
        if (!all.empty() && (each.count == any_number || all.size() == each.count + 1) && all[0] == each.name)
            return each.run(here, {all.begin() + 1, all.end()});
    return 2;
}

}  // namespace

int main(int argc, char** argv)
{
    words const all(argv + 1, argv + argc);
    if (auto const* const way = std::getenv("TENDRIL_TEST_HOSTILE"))
        return misbehave(way);
    auto const* const silence = std::getenv("TENDRIL_TEST_SILENCE");
    auto const* const images = std::getenv("TENDRIL_TEST_IMAGES");
    return tendril::main(
        argc, argv, [&](remote::node& here) { return run(here, all); },
        {.silence_limit = std::chrono::milliseconds(silence == nullptr ? 30'000 : std::atoi(silence)),
         .level = !all.empty() && all[0] == "hostile" ? rpc::log_level::notice : rpc::log_level::warning,
         .log = !all.empty() && all[0] == "hostile"
                    ? rpc::log_sink([](auto const& each) { records.add(each); })
                    : nullptr,
         .images = images == nullptr ? "" : images});
}
