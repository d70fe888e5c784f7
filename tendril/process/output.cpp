#include <tendril/process/errc.hpp>
#include <tendril/process/output.hpp>
#include <tendril/process/transport.hpp>

#include <algorithm>
#include <csignal>
#include <memory>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace tendril::process {

namespace {

/// What is kept of a program's output.
struct keeping {
    bool errors_are_output = false;
    bool errors_are_failure = false;
    bool anything = true;  ///< false: everything is read and dropped, without a limit
};

/// One program on its way to its end.
class capture final : public handler, public std::enable_shared_from_this<capture> {
public:
    capture(io::executor on, capture_options options, keeping kept, capture_handler done)
        : on_(on), options_(std::move(options)), kept_(kept), deadline_(on), done_(std::move(done))
    {
    }

    void start(command const& what)
    {
        name_ = what.program;
        group_ = what.group == grouping::same ? audience::program : audience::group;
        transport_options limits;
        limits.limit_bytes = std::max(limits.limit_bytes, options_.input.size());
        auto started = spawn(on_, *this, what, standard_pipes(), limits);
        if (!started) {
            failed_ = error(std::move(started.error()));
            asio::post(on_, [self = shared_from_this()] { self->complete(); });
            return;
        }
        program_ = std::move(*started);
        // A program that does not read its input is free not to; its output tells.
        if (!options_.input.empty())
            static_cast<void>(program_->write(options_.input));
        static_cast<void>(program_->close_stdin());
        watch_deadline();
        if (auto slot = asio::get_associated_cancellation_slot(done_); slot.is_connected())
            slot.assign([weak = weak_from_this()](asio::cancellation_type) {
                if (auto const self = weak.lock())
                    self->give_up(asio::error::operation_aborted);
            });
    }

    void stdout_data(base::byte_view bytes) override { keep(bytes, seen_.output); }

    void stderr_data(base::byte_view bytes) override
    {
        if (kept_.errors_are_failure)
            give_up(errc::wrote_to_stderr);
        else
            keep(bytes, kept_.errors_are_output ? seen_.output : seen_.errors);
    }

    void ended(process::ending const& how) override
    {
        seen_.ending = how;
        if (how.lost && !failed_)
            fail(how.lost);
        complete();
    }

private:
    void keep(base::byte_view bytes, std::string& into)
    {
        if (!kept_.anything || failed_)
            return;
        if (bytes.size() > options_.limit_bytes - seen_.output.size() - seen_.errors.size())
            give_up(errc::too_much_output);
        else
            into += base::text_of(bytes);
    }

    /// This wait is also what owns the capture: where the loop goes, program and all go with it.
    void watch_deadline()
    {
        if (options_.deadline)
            deadline_.expires_after(*options_.deadline);
        else
            deadline_.expires_at(asio::steady_timer::time_point::max());
        deadline_.async_wait([self = shared_from_this()](error_code why) {
            if (why)
                return;
            self->give_up(asio::error::timed_out);
            self->await_end();
        });
    }

    /// Owns the capture from the deadline to the end.
    void await_end()
    {
        if (!program_)
            return;
        deadline_.expires_at(asio::steady_timer::time_point::max());
        deadline_.async_wait([self = shared_from_this()](error_code) {});
    }

    void fail(error_code why) { failed_ = error{why, "capture the output of " + name_}; }

    /// Kills the program and lets go of its pipes, which others may hold too; `ended` follows.
    void give_up(error_code why)
    {
        if (failed_ || !program_)
            return;
        fail(why);
        // Who has ended meanwhile needs no signal.
        static_cast<void>(program_->signal(SIGKILL, group_));
        program_->drop_connection();
    }

    void complete()
    {
        deadline_.cancel();
        asio::get_associated_cancellation_slot(done_).clear();
        auto const kept = shared_from_this();  // the handler below may run the loop, which lets go of us
        program_.reset();
        result<captured> outcome(std::move(seen_));
        if (failed_)
            outcome = std::unexpected(std::move(*failed_));
        std::move(done_)(std::move(outcome));
    }

    io::executor on_;
    capture_options options_;
    keeping kept_;
    asio::steady_timer deadline_;
    capture_handler done_;
    std::string name_;
    audience group_ = audience::program;
    std::unique_ptr<transport> program_;
    captured seen_;
    std::optional<error> failed_;
};

void run(io::executor on, command const& what, capture_options options, keeping kept, capture_handler done)
{
    std::make_shared<capture>(std::move(on), std::move(options), kept, std::move(done))->start(what);
}

/// Hands on a part of what was captured, and the handler's cancellation slot to who watches it.
template <typename Handler, typename Choose>
capture_handler part_of(Handler handler, Choose choose)
{
    auto const slot = asio::get_associated_cancellation_slot(handler);
    return asio::bind_cancellation_slot(slot,
                                        [done = std::move(handler), choose](result<captured> whole) mutable {
                                            if (whole)
                                                std::move(done)(choose(std::move(*whole)));
                                            else
                                                std::move(done)(std::unexpected(std::move(whole.error())));
                                        });
}

}  // namespace

void start_capture(io::executor on, command const& what, capture_options options, capture_handler handler)
{
    run(std::move(on), what, std::move(options), {}, std::move(handler));
}

void start_output(io::executor on, command const& what, capture_options options, output_handler handler)
{
    keeping const kept{.errors_are_output = options.errors == stderr_rule::is_output,
                       .errors_are_failure = options.errors == stderr_rule::is_failure};
    auto done = part_of(std::move(handler), [](captured whole) { return std::move(whole.output); });
    run(std::move(on), what, std::move(options), kept, std::move(done));
}

void start_exit_code(io::executor on, command const& what, capture_options options, status_handler handler)
{
    auto done = part_of(std::move(handler), [](captured whole) { return whole.ending.status; });
    run(std::move(on), what, std::move(options), {.anything = false}, std::move(done));
}

}  // namespace tendril::process
