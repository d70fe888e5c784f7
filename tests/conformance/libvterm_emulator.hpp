#pragma once

/// @file
/// An independent terminal: libvterm, seen through the emulator interface. Layer: tests.

#include <tendril/term/cursor.hpp>
#include <tendril/term/emulator.hpp>

#include <memory>
#include <string>
#include <vector>

#include <vterm.h>

namespace tendril::conformance {

class libvterm_emulator final : public term::emulator {
public:
    explicit libvterm_emulator(term::grid_size size);

    void write(base::byte_view bytes) override;
    void resize(term::grid_size size) override;
    [[nodiscard]] std::vector<std::string> dump() const override;
    [[nodiscard]] std::string take_replies() override;

    [[nodiscard]] VTermScreenCell cell_at(int row, int column) const;

    /// Only row and column.
    [[nodiscard]] term::cursor cursor() const;

private:
    [[nodiscard]] std::string line_at(int y) const;

    term::grid_size size_;
    std::unique_ptr<VTerm, void (*)(VTerm*)> terminal_;
    VTermScreen* screen_ = nullptr;
};

}  // namespace tendril::conformance
