#include <tendril/pty/detail/restore_registry.hpp>
#include <tendril/pty/detail/restore_signals.hpp>
#include <tendril/pty/termios.hpp>

#include <array>
#include <atomic>
#include <cerrno>

#include <unistd.h>

namespace tendril::pty::detail {

namespace {

enum class use : int {
    free,
    lent,  ///< somebody owns it, the terminal is as it was found
    held,  ///< the terminal is in raw mode: handlers give it back
};

struct slot_state {
    std::atomic<use> state{use::free};
    int fd = -1;
    output_handling output = output_handling::raw;
    interrupt_key interrupts = interrupt_key::byte;
    ::termios found{};
    ::termios raw{};
};

constinit std::array<slot_state, 8> slots;

/// A background process must not touch a terminal that its shell has taken back. A terminal that is not our
/// controlling one has no such rule.
bool may_touch(int fd) noexcept
{
    auto const foreground = ::tcgetpgrp(fd);
    return foreground <= 0 || foreground == ::getpgrp();
}

result<void> take(slot_state& slot)
{
    auto const found = attributes_of(slot.fd);
    if (!found)
        return std::unexpected(found.error());
    slot.found = *found;
    slot.raw = raw_mode(*found);
    if (slot.output == output_handling::kept)
        slot.raw.c_oflag = found->c_oflag;
    if (slot.interrupts == interrupt_key::signal)
        slot.raw.c_lflag |= found->c_lflag & ISIG;
    // Before the change: a signal in between then restores what is there, which is harmless.
    slot.state.store(use::held);
    auto set = set_attributes(slot.fd, slot.raw);
    if (!set)
        slot.state.store(use::lent);
    return set;
}

}  // namespace

void give_back_held_terminals() noexcept
{
    // Backwards: of two that hold one terminal the later one found it raw.
    for (auto slot = slots.rbegin(); slot != slots.rend(); ++slot)
        if (slot->state.load() == use::held && may_touch(slot->fd))
            ::tcsetattr(slot->fd, TCSANOW, &slot->found);
}

void retake_held_terminals() noexcept
{
    for (auto const& slot : slots)
        if (slot.state.load() == use::held && may_touch(slot.fd))
            ::tcsetattr(slot.fd, TCSANOW, &slot.raw);
}

result<restore_slot> hold_terminal(int fd, output_handling output, interrupt_key interrupts)
{
    for (restore_slot index = 0; index < slots.size(); ++index) {
        auto& slot = slots[index];
        if (slot.state.load() != use::free)
            continue;
        slot.fd = fd;
        slot.output = output;
        slot.interrupts = interrupts;
        if (auto taken = take(slot); !taken) {
            slot.state.store(use::free);
            return std::unexpected(std::move(taken.error()));
        }
        install_restore_signals();
        return index;
    }
    return failure(make_error_code(boost::system::errc::too_many_files_open),
                   "hold another terminal in raw mode");
}

result<void> lend_terminal(restore_slot slot)
{
    auto& lent = slots[slot];
    if (lent.state.exchange(use::lent) != use::held)
        return {};
    return set_attributes(lent.fd, lent.found);
}

result<void> retake_terminal(restore_slot slot)
{
    return slots[slot].state.load() == use::held ? result<void>() : take(slots[slot]);
}

void release_terminal(restore_slot slot) noexcept
{
    auto& released = slots[slot];
    if (released.state.load() == use::held)
        ::tcsetattr(released.fd, TCSANOW, &released.found);  // a terminal that is gone needs nothing back
    released.state.store(use::free);
    remove_restore_signals();
}

::termios found_attributes(restore_slot slot) noexcept
{
    return slots[slot].found;
}

}  // namespace tendril::pty::detail
