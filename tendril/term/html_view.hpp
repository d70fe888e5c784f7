#pragma once

/// @file
/// A terminal as HTML for several clients, each sent only what is new to it.
/// Layer: term. Spec: parity T05.

#include <tendril/term/html.hpp>
#include <tendril/term/terminal.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tendril::term {

/// Whether a client is sent everything or what changed.
enum class html_amount : std::uint8_t { changes, full };

/// What one client is sent.
struct html_update {
    std::vector<std::string> scrollback;  ///< lines that left the screen since the last update, oldest first
    std::vector<std::string> screen;      ///< one entry a line; empty where the client has it already
    std::uint64_t skipped_lines = 0;  ///< lines of the scrollback that were gone before they could be sent
    bool is_full = false;             ///< nothing the client has counts: it is new, or the size or screen is
};

/// The memories of the clients of one terminal. A blank line that is sent is one space, since an empty one
/// says "unchanged". Bounded: beyond the limit the client that asked longest ago is forgotten, and is sent
/// everything when it asks again.
class html_view {
public:
    explicit html_view(std::size_t most_clients = 256) : most_clients_(most_clients) {}
    html_view(html_view&&) noexcept = default;
    html_view& operator=(html_view&&) noexcept = default;
    ~html_view() = default;

    /// What @p client must be sent to show @p now, which must always be the same terminal.
    /// Cost: comparing two numbers a line for what is unchanged.
    [[nodiscard]] html_update update(std::string_view client, terminal const& now,
                                     html_amount amount = html_amount::changes);

    /// Forgets a client that has gone.
    void remove(std::string_view client);

    [[nodiscard]] std::size_t clients() const noexcept { return by_name_.size(); }

private:
    /// A line as it was sent last. The first three tell cheaply that it cannot have changed.
    struct sent_line {
        std::uint64_t identity = 0;
        std::uint64_t generation = 0;
        std::uint64_t cursor = 0;  ///< where it is in this line and how it looks; 0: elsewhere
        std::size_t hash = 0;      ///< of its HTML
    };
    struct memory {
        std::string name;
        std::uint64_t generation = 0;
        std::uint64_t pushed = 0;
        std::size_t colors = 0;  ///< a hash of what every line's colours depend on
        grid_size size{};
        screen_kind shown = screen_kind::primary;
        std::vector<sent_line> lines;  ///< empty for a new client
    };

    memory& memory_of(std::string_view client);
    void send_scrollback(memory& known, terminal const& now, html_update& to);
    static void send_screen(memory& known, terminal const& now, bool all, html_update& to);

    std::size_t most_clients_;
    std::list<memory> by_age_;  ///< the one that asked last is in front
    std::unordered_map<std::string_view, std::list<memory>::iterator> by_name_;
};

}  // namespace tendril::term
