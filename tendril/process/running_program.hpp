#pragma once

/// @file
/// What a transport drives: a program, whoever waits for it, and the streams to it.
/// Layer: process (base, io). Spec: parity row C11.

#include <tendril/io/stream.hpp>
#include <tendril/process/child.hpp>
#include <tendril/process/ending.hpp>
#include <tendril/process/stop_policy.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tendril::process {

/// A program that can be waited for and signalled. Destroying it ends the program.
class running_program {
public:
    virtual ~running_program() = default;

    [[nodiscard]] virtual pid_t pid() const noexcept = 0;

    /// As child::async_wait.
    virtual void start_wait(wait_handler handler) = 0;

    /// Errors: no_such_process once it has ended.
    [[nodiscard]] virtual result<void> signal(int number, audience whom) = 0;

    /// Sends SIGKILL to what is left of the group at the moment the program ends.
    virtual void sweep_group() = 0;

    /// What it consumed; after its end, where that is known.
    [[nodiscard]] virtual std::optional<resource_usage> usage() const noexcept = 0;
};

/// One stream to the program and the program's numbers for it.
struct channel {
    io::stream stream;
    std::optional<int> from = {};  ///< what we read is what the program writes there
    std::optional<int> to = {};    ///< what we write is what the program reads there
    /// What is really written in place of what one call writes; none: the same bytes.
    std::function<std::string(std::span<base::byte_view const>)> typed = {};
};

/// A program with its streams, ready for a transport.
struct connected_program {
    std::unique_ptr<running_program> program;
    std::vector<channel> channels;
    std::string name;  ///< for descriptions: the command's program
};

}  // namespace tendril::process
