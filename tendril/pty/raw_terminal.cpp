#include <tendril/pty/detail/restore_registry.hpp>
#include <tendril/pty/raw_terminal.hpp>

#include <utility>

namespace tendril::pty {

namespace {

constexpr std::size_t no_slot = static_cast<std::size_t>(-1);

}  // namespace

raw_terminal::raw_terminal(std::size_t slot) noexcept : slot_(slot) {}

raw_terminal::raw_terminal(raw_terminal&& other) noexcept : slot_(std::exchange(other.slot_, no_slot)) {}

raw_terminal& raw_terminal::operator=(raw_terminal&& other) noexcept
{
    std::swap(slot_, other.slot_);
    return *this;
}

raw_terminal::~raw_terminal()
{
    if (slot_ != no_slot)
        detail::release_terminal(slot_);
}

result<raw_terminal> raw_terminal::enter(int fd, output_handling output, interrupt_key interrupts)
{
    auto const held = detail::hold_terminal(fd, output, interrupts);
    if (!held)
        return std::unexpected(held.error());
    return raw_terminal(*held);
}

result<void> raw_terminal::suspend()
{
    return detail::lend_terminal(slot_);
}

result<void> raw_terminal::resume()
{
    return detail::retake_terminal(slot_);
}

::termios raw_terminal::found() const noexcept
{
    return detail::found_attributes(slot_);
}

}  // namespace tendril::pty
