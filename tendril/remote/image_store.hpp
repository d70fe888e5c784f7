#pragma once

/// @file
/// Our programs for the machines of this world. Layer: remote (base). Parity row K01.

#include <tendril/remote/image.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tendril::remote {

/// Programs by the machine they run on.
class image_store {
public:
    /// The program at @p path, or every one in that folder; other files there are passed over. Blocking.
    ///
    /// Errors: as image::open(); file_exists when the folder has two for one machine;
    /// no_such_file_or_directory when
    ///         it has none.
    [[nodiscard]] static result<image_store> open(std::string const& path);

    /// The running program. Errors: as image::open(); it must be static.
    [[nodiscard]] static result<image_store> of_this_program();

    /// The program for @p machine; null when there is none.
    [[nodiscard]] std::shared_ptr<image> find(std::string_view machine) const;

    /// The hash of each, by machine.
    [[nodiscard]] std::map<std::string, std::string> hashes() const;

    /// `aarch64, x86_64`.
    [[nodiscard]] std::string machines() const;

private:
    std::map<std::string, std::shared_ptr<image>, std::less<>> images_;
};

}  // namespace tendril::remote
