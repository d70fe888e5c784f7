#include <tendril/process/running_program.hpp>
#include <tendril/pty/canonical_slices.hpp>
#include <tendril/pty/termios.hpp>
#include <tendril/pty/transport.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>

namespace tendril::pty {

namespace {

/// A program on a terminal, as a transport wants it.
class terminal_program final : public process::running_program {
public:
    explicit terminal_program(program started) : program_(std::move(started)) {}

    pid_t pid() const noexcept override { return program_.pid(); }
    void start_wait(process::wait_handler handler) override { program_.async_wait(std::move(handler)); }

    result<void> signal(int number, process::audience whom) override
    {
        return whom == process::audience::group ? program_.signal_group(number) : program_.signal(number);
    }

    void sweep_group() override { program_.sweep_group_at_end(); }
    std::optional<process::resource_usage> usage() const noexcept override { return program_.usage(); }

private:
    program program_;
};

/// Types into a terminal so that its line editor drops nothing.
class typist {
public:
    explicit typist(int master) noexcept : master_(master) {}

    std::string operator()(std::span<base::byte_view const> pieces)
    {
        auto const now = attributes_of(master_);
        if (!now || (now->c_lflag & ICANON) == 0)
            slices_.reset();
        else if (slices_)
            slices_->adopt(*now);
        else
            slices_.emplace(*now);
        std::string text;
        for (auto const each : pieces)
            text += slices_ ? slices_->slice(each) : std::string(base::text_of(each));
        return text;
    }

private:
    int master_;
    std::optional<canonical_slices> slices_;
};

std::unique_ptr<process::transport> connect(io::executor on, process::handler& events, std::string name,
                                            terminal_child started, process::transport_options const& limits)
{
    process::connected_program connected{
        std::make_unique<terminal_program>(std::move(started.process)), {}, std::move(name)};
    auto& master = started.master.lowest_layer();
    typist const typed(master.native_handle());
    connected.channels.push_back({std::move(master), 1, 0, typed});
    return std::make_unique<process::transport>(std::move(on), std::move(connected), events, limits);
}

}  // namespace

std::expected<std::unique_ptr<process::transport>, process::spawn_error>
spawn(io::executor on, process::handler& events, process::command what, launch_options const& options,
      process::transport_options const& limits)
{
    auto name = what.program;
    auto started = launch(on, std::move(what), options);
    if (!started)
        return std::unexpected(std::move(started.error()));
    return connect(std::move(on), events, std::move(name), std::move(*started), limits);
}

std::expected<std::unique_ptr<process::transport>, process::spawn_error>
spawn_on(io::executor on, process::handler& events, process::command what, pair terminal, job_control jobs,
         process::transport_options const& limits)
{
    auto name = what.program;
    auto started = launch_on(on, std::move(what), std::move(terminal), jobs);
    if (!started)
        return std::unexpected(std::move(started.error()));
    return connect(std::move(on), events, std::move(name), std::move(*started), limits);
}

result<void> resize(process::transport& to, window_size size)
{
    return set_window_size(to.native_handle(1), size);
}

}  // namespace tendril::pty
