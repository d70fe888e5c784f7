#include <tendril/pty/detail/controlled_program.hpp>
#include <tendril/pty/program.hpp>

#include <utility>

namespace tendril::pty {

program::program(std::unique_ptr<detail::controlled_program> started) noexcept
    : controlled_(std::move(started))
{
}

program::program(program&&) noexcept = default;
program& program::operator=(program&&) noexcept = default;
program::~program() = default;

pid_t program::pid() const noexcept
{
    return controlled_->pid();
}

void program::start_wait(process::wait_handler handler)
{
    controlled_->start_wait(std::move(handler));
}

void program::start_wait_stop(stop_handler handler)
{
    controlled_->start_wait_stop(std::move(handler));
}

result<void> program::resume()
{
    return controlled_->resume();
}

result<void> program::signal(int number)
{
    return controlled_->signal(number);
}

result<void> program::signal_group(int number)
{
    return controlled_->signal_group(number);
}

void program::sweep_group_at_end()
{
    controlled_->sweep_group_at_end();
}

std::optional<process::resource_usage> program::usage() const noexcept
{
    return controlled_->usage();
}

io::executor program::get_executor() const
{
    return controlled_->get_executor();
}

}  // namespace tendril::pty
