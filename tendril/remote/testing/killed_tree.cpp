#include <tendril/base/unique_fd.hpp>
#include <tendril/remote/testing/killed_tree.hpp>
#include <tendril/remote/testing/tree_functions.hpp>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <random>
#include <stdexcept>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tendril::remote::testing {

namespace {

using clock_type = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(10);
constexpr int depth = 6;

struct flaw : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <typename Value, typename Error>
Value must(std::expected<Value, Error> got, std::string const& what)
{
    if (!got)
        throw flaw(what + ": " + got.error().message());
    return std::move(*got);
}

/// Waits until the process is no more, and reaps it if it fell to us.
void must_be_gone(pid_t process)
{
    base::unique_fd const watched(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    if (!watched)
        return;
    ::pollfd waited{watched.get(), POLLIN, 0};
    if (::poll(&waited, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) != 1)
        throw flaw("process " + std::to_string(process) + " is left");
    ::waitpid(process, nullptr, WNOHANG);
}

class round {
public:
    explicit round(node& here) : here_(&here), first_(must(here.local(), "a context"))
    {
        chain_ = must(first_.call<grow>(depth - 1), "a chain");
        for (auto const& each : chain_) {
            rpc::context const there(here.router(), each.id);
            waiting_.push_back(there.call_async<wait_for_ever>());
        }
        for (auto const& each : chain_)
            must_answer(each.id);  // so the calls before it have come, too
    }

    void freeze_at(std::size_t which) { ::kill(process_of(which), SIGSTOP); }

    /// Milliseconds until the last of those who wait has heard of it.
    double kill_at(std::size_t which)
    {
        auto const begin = clock_type::now();
        ::kill(process_of(which), SIGKILL);
        for (auto each = which; each < chain_.size(); ++each) {
            auto const heard = waiting_[each].get(patience);
            if (heard || heard.error().what != rpc::call_failure::lost)
                throw flaw("who waits for context " + std::to_string(chain_[each].id) +
                           " hears: " + (heard ? "an answer" : heard.error().message()));
        }
        auto const taken = std::chrono::duration<double, std::milli>(clock_type::now() - begin).count();
        if (which > 0)
            must_answer(chain_[which - 1].id);
        return taken;
    }

    void finish()
    {
        here_->shutdown(first_);
        for (auto& each : waiting_)
            if (each.get(patience))
                throw flaw("a call came back");
        for (std::size_t each = 0; each < chain_.size(); ++each)
            must_be_gone(process_of(each));
    }

private:
    void must_answer(rpc::context_id id)
    {
        auto pending = rpc::context(here_->router(), id).call_async<add>(1, 2);
        must(pending.get(patience), "context " + std::to_string(id));
    }

    [[nodiscard]] pid_t process_of(std::size_t which) const
    {
        return static_cast<pid_t>(chain_[which].process);
    }

    node* here_;
    rpc::context first_;
    std::vector<member> chain_;
    std::vector<rpc::pending_call<void>> waiting_;
};

}  // namespace

killed_trees kill_trees(node& here, int rounds)
{
    killed_trees seen;
    std::mt19937 random(20'261'122);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    try {
        for (int n = 0; n < rounds; ++n) {
            round now(here);
            auto const killed = random() % depth;
            if (n % 2 == 1)
                now.freeze_at(killed + random() % (depth - killed));
            seen.milliseconds.push_back(now.kill_at(killed));
            now.finish();
        }
        if (::waitpid(-1, nullptr, WNOHANG | __WALL) >= 0 || errno != ECHILD)
            throw flaw("a process that was not of a chain is left");
    } catch (flaw const& what) {
        seen.flaw = "round " + std::to_string(seen.milliseconds.size()) + ": " + what.what();
    }
    return seen;
}

}  // namespace tendril::remote::testing
