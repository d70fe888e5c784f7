#include <tendril/process/errc.hpp>
#include <tendril/pty/detail/controlled_program.hpp>
#include <tendril/pty/detail/monitor_linux.hpp>

#include <cerrno>
#include <optional>
#include <string>
#include <utility>

#include <poll.h>
#include <sys/socket.h>

#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

namespace tendril::pty::detail {

namespace {

using descriptor = asio::posix::stream_descriptor;

constexpr int patience_ms = 200;  // for a monitor that was told to kill; it takes microseconds

/// What is known of the program. Reports are taken in whenever somebody asks or waits; until then they rest
/// in the socket.
struct shared_view {
    shared_view(process::child by, pid_t number, base::unique_fd socket)
        : monitor(std::move(by)), program(number), control(monitor->get_executor(), socket.release())
    {
    }

    void take_in(monitor_report const& told)
    {
        switch (told.what) {
        case monitor_report::kind::stopped:
            untold_stop = told.value;
            break;
        case monitor_report::kind::continued:
            untold_stop.reset();
            break;
        case monitor_report::kind::ended:
            over = true;
            status = process::exit_status::from_wait_status(told.value);
            usage = told.usage;
            break;
        case monitor_report::kind::refused:
        case monitor_report::kind::started:
            break;  // only ever the first report, which start_monitor() has read
        }
    }

    /// Takes every report in that has arrived. True once the program is over.
    bool look()
    {
        while (!over && control.is_open()) {
            monitor_report told{};
            auto const count = ::recv(control.native_handle(), &told, sizeof told, MSG_DONTWAIT);
            if (count == sizeof told) {
                take_in(told);
            } else if (count < 0 && (errno == EINTR || errno == ECONNRESET)) {
                continue;  // it ended without reading our last order: what it said before is still to come
            } else if (count >= 0 || errno != EAGAIN) {
                over = true;
                lost = process::errc::status_lost;
            } else {
                return false;
            }
        }
        return over;
    }

    [[nodiscard]] bool send(monitor_order const& order) noexcept
    {
        return ::send(control.native_handle(), &order, sizeof order, MSG_NOSIGNAL | MSG_DONTWAIT) ==
               sizeof order;
    }

    /// Ends program and monitor. Pending waits are aborted.
    void abandon()
    {
        if (!look() && send({monitor_order::kind::kill, 0})) {
            ::pollfd until_hung_up{control.native_handle(), 0, 0};
            ::poll(&until_hung_up, 1, patience_ms);
        }
        error_code ignored;  // Linux releases the descriptor whatever close(2) says
        static_cast<void>(control.close(ignored));
        monitor.reset();
    }

    std::optional<process::child> monitor;
    pid_t program;
    descriptor control;
    bool over = false;
    process::exit_status status;
    std::optional<process::resource_usage> usage;
    error_code lost;
    std::optional<int> untold_stop;
};

struct end_operation {
    std::shared_ptr<shared_view> of;

    template <typename Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        go_on(self);
    }

    template <typename Self>
    void operator()(Self& self, error_code why)
    {
        if (why && !of->look())
            self.complete(why, {});
        else
            go_on(self);
    }

    /// The monitor is reaped as well: its end is ours to clean up, its status tells nothing.
    template <typename Self>
    void operator()(Self& self, error_code, process::exit_status)
    {
        auto const kept = of;
        self.complete(kept->lost, kept->status);
    }

    template <typename Self>
    void go_on(Self& self)
    {
        auto const kept = of;  // moving `self` moves `of` along
        if (!kept->look())
            kept->control.async_wait(descriptor::wait_read, std::move(self));
        else if (kept->monitor)
            kept->monitor->async_wait(std::move(self));
        else
            self.complete(kept->lost, kept->status);
    }
};

struct stop_operation {
    std::shared_ptr<shared_view> of;

    template <typename Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        auto const kept = of;
        if (kept->look() || kept->untold_stop)
            asio::post(kept->control.get_executor(), [me = std::move(self)]() mutable { me(error_code{}); });
        else
            kept->control.async_wait(descriptor::wait_read, std::move(self));
    }

    template <typename Self>
    void operator()(Self& self, error_code why)
    {
        auto const kept = of;
        auto const over = kept->look();
        if (why)
            self.complete(why, 0);
        else if (over)
            self.complete(make_error_code(boost::system::errc::no_such_process), 0);
        else if (kept->untold_stop)
            self.complete({}, *std::exchange(kept->untold_stop, std::nullopt));
        else
            kept->control.async_wait(descriptor::wait_read, std::move(self));
    }
};

class monitored_program final : public controlled_program {
public:
    monitored_program(process::child monitor, pid_t program, base::unique_fd control)
        : view_(std::make_shared<shared_view>(std::move(monitor), program, std::move(control)))
    {
    }
    ~monitored_program() override { view_->abandon(); }

    pid_t pid() const noexcept override { return view_->program; }

    void start_wait(process::wait_handler handler) override
    {
        asio::async_compose<process::wait_handler, void(error_code, process::exit_status)>(
            end_operation{view_}, handler, view_->control);
    }

    void start_wait_stop(stop_handler handler) override
    {
        asio::async_compose<stop_handler, void(error_code, int)>(stop_operation{view_}, handler,
                                                                 view_->control);
    }

    result<void> resume() override { return order({monitor_order::kind::resume, 0}, "resume"); }

    result<void> signal(int number) override
    {
        return order({monitor_order::kind::signal_program, number},
                     "send signal " + std::to_string(number) + " to");
    }

    result<void> signal_group(int number) override
    {
        return order({monitor_order::kind::signal_group, number},
                     "send signal " + std::to_string(number) + " to group");
    }

    void sweep_group_at_end() override
    {
        if (!view_->look())  // too late otherwise: the number may be somebody else's
            static_cast<void>(view_->send({monitor_order::kind::sweep, 0}));
    }

    std::optional<process::resource_usage> usage() const noexcept override { return view_->usage; }

    io::executor get_executor() const override { return view_->control.get_executor(); }

private:
    result<void> order(monitor_order const& what, std::string attempt)
    {
        attempt += " " + std::to_string(view_->program);
        if (view_->look())
            return failure(make_error_code(boost::system::errc::no_such_process), std::move(attempt));
        if (view_->send(what))
            return {};
        if (errno == EPIPE || errno == ECONNRESET)  // it ended this moment
            return failure(make_error_code(boost::system::errc::no_such_process), std::move(attempt));
        return os_failure(std::move(attempt));
    }

    std::shared_ptr<shared_view> view_;  // shared with the waits in flight
};

}  // namespace

std::unique_ptr<controlled_program> make_monitored_program(process::child monitor, pid_t program,
                                                           base::unique_fd control)
{
    return std::make_unique<monitored_program>(std::move(monitor), program, std::move(control));
}

}  // namespace tendril::pty::detail
