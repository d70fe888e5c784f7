#pragma once

/// @file
/// A terminal that takes no notice, where the rest of a session is measured.

#include <tendril/term/emulator.hpp>

#include <string>
#include <vector>

class no_screen final : public tendril::term::emulator {
public:
    void write(tendril::base::byte_view) override {}
    void resize(tendril::term::grid_size) override {}
    [[nodiscard]] std::vector<std::string> dump() const override { return {}; }
    [[nodiscard]] std::string take_replies() override { return {}; }
};
