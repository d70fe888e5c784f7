#include <tendril/pty/detail/controlled_program.hpp>

#include <csignal>
#include <utility>

#include <boost/asio/post.hpp>

namespace tendril::pty::detail {

namespace {

class direct_program final : public controlled_program {
public:
    explicit direct_program(process::child leader) : leader_(std::move(leader)) {}

    pid_t pid() const noexcept override { return leader_.pid(); }

    void start_wait(process::wait_handler handler) override { leader_.async_wait(std::move(handler)); }

    void start_wait_stop(stop_handler handler) override
    {
        asio::post(leader_.get_executor(), [done = std::move(handler)]() mutable {
            std::move(done)(make_error_code(boost::system::errc::operation_not_supported), 0);
        });
    }

    // The session leader's group is in the foreground from the start; only programs of its own change that.
    result<void> resume() override { return leader_.signal_group(SIGCONT); }
    result<void> signal(int number) override { return leader_.signal(number); }
    result<void> signal_group(int number) override { return leader_.signal_group(number); }
    void sweep_group_at_end() override { leader_.sweep_group_at_end(); }
    std::optional<process::resource_usage> usage() const noexcept override { return leader_.usage(); }
    io::executor get_executor() const override { return leader_.get_executor(); }

private:
    process::child leader_;
};

}  // namespace

std::unique_ptr<controlled_program> make_direct_program(process::child leader)
{
    return std::make_unique<direct_program>(std::move(leader));
}

}  // namespace tendril::pty::detail
