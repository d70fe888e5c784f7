#include <tendril/process/errc.hpp>
#include <tendril/process/piped_child.hpp>
#include <tendril/process/stop_ladder.hpp>

#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>

namespace tendril::process {

namespace {

void refuse(io::executor const& on, io::transfer_handler handler)
{
    asio::post(on, [done = std::move(handler)]() mutable {
        std::move(done)(make_error_code(errc::not_connected), std::size_t{0});
    });
}

struct write_all_operation {
    io::stream* to;
    base::byte_view rest;
    std::size_t written = 0;

    template <typename Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        to->async_write_some(rest, std::move(self));
    }

    template <typename Self>
    void operator()(Self& self, error_code why, std::size_t count)
    {
        written += count;
        rest = rest.subspan(count);
        if (why || rest.empty())
            self.complete(why, written);
        else
            to->async_write_some(rest, std::move(self));
    }
};

struct terminate_operation {
    child* program;  // used in the initiating call alone
    std::unique_ptr<stop_ladder> ladder;

    template <typename Self>
    void operator()(Self& self)
    {
        self.reset_cancellation_state(asio::enable_total_cancellation());
        // A first step that finds the program gone is no error: that is what was wanted.
        static_cast<void>(ladder->start());
        program->async_wait(std::move(self));
    }

    template <typename Self>
    void operator()(Self& self, error_code why, exit_status status)
    {
        ladder.reset();
        self.complete(why, status);
    }
};

}  // namespace

piped_child::piped_child(child program, std::map<int, io::stream> pipes, std::string name)
    : program_(std::make_shared<child>(std::move(program))), pipes_(std::move(pipes)), name_(std::move(name))
{
}

piped_child::piped_child(piped_child&&) noexcept = default;
piped_child& piped_child::operator=(piped_child&&) noexcept = default;
piped_child::~piped_child() = default;

void piped_child::start_read(int fd, std::span<std::byte> into, io::transfer_handler handler)
{
    if (auto* const from = pipe(fd))
        from->async_read_some(into, std::move(handler));
    else
        refuse(get_executor(), std::move(handler));
}

void piped_child::start_write(int fd, base::byte_view bytes, io::transfer_handler handler)
{
    auto* const to = pipe(fd);
    if (!to) {
        refuse(get_executor(), std::move(handler));
        return;
    }
    auto const executor = get_executor();
    asio::async_compose<io::transfer_handler, void(error_code, std::size_t)>(write_all_operation{to, bytes},
                                                                             handler, executor);
}

void piped_child::start_terminate(stop_policy ladder, wait_handler handler)
{
    if (ladder.whom == audience::group)
        program_->sweep_group_at_end();
    auto send = [weak = std::weak_ptr(program_)](int number, audience whom) -> result<void> {
        auto const target = weak.lock();
        if (!target)
            return failure(make_error_code(boost::system::errc::no_such_process), "stop a program");
        return whom == audience::group ? target->signal_group(number) : target->signal(number);
    };
    auto const executor = get_executor();
    terminate_operation operation{
        program_.get(), std::make_unique<stop_ladder>(executor, std::move(ladder), std::move(send))};
    asio::async_compose<wait_handler, void(error_code, exit_status)>(std::move(operation), handler, executor);
}

void piped_child::close(int fd) noexcept
{
    pipes_.erase(fd);
}

io::stream* piped_child::pipe(int fd) noexcept
{
    auto const found = pipes_.find(fd);
    return found == pipes_.end() ? nullptr : &found->second;
}

std::string piped_child::description() const
{
    return "process " + std::to_string(program_->pid()) + " \"" + name_ + '"';
}

std::expected<piped_child, spawn_error> launch_piped(io::executor on, command what, descriptor_map const& map)
{
    auto opened = open_pipes(map, what.program);
    if (!opened)
        return std::unexpected(std::move(opened.error()));
    what.descriptors = std::move(opened->mappings);
    auto started = launch(on, what);
    if (!started)
        return std::unexpected(std::move(started.error()));
    std::map<int, io::stream> pipes;
    for (auto& end : opened->ends)
        pipes.try_emplace(end.fd, on, std::move(end.ours));
    return piped_child(std::move(*started), std::move(pipes), std::move(what.program));
}

}  // namespace tendril::process
