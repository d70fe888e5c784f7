#pragma once

/// @file
/// A program of ours that can be sent to another machine. Layer: remote (base). Spec: elf(5), RFC 1952;
/// parity row K01.

#include <tendril/base/bytes.hpp>
#include <tendril/base/error.hpp>

#include <memory>
#include <mutex>
#include <string>

namespace tendril::remote {

/// One static program, held in memory, with its hash; compressed once, when it is first needed so.
///
/// Threads: safe to share.
class image {
public:
    /// Reads the program at @p path. Blocking, a few milliseconds a megabyte.
    ///
    /// Errors: the errno of open or read; executable_format_error for what is not a static Linux program of a
    /// machine
    ///         that we know (x86_64, aarch64).
    [[nodiscard]] static result<std::shared_ptr<image>> open(std::string const& path);

    /// Used by open().
    image(std::string machine, std::string bytes);
    ~image();

    /// The machine it runs on, as uname -m says it.
    [[nodiscard]] std::string const& machine() const noexcept { return machine_; }

    /// Its SHA-256 in hexadecimal.
    [[nodiscard]] std::string const& hash() const noexcept { return hash_; }

    [[nodiscard]] base::byte_view bytes() const noexcept { return base::bytes_of(bytes_); }

    /// Compresses some more of it, for a few milliseconds; true once packed() is there.
    bool pack_some();

    /// All of it, as gzip would have it. Only after pack_some() said so.
    [[nodiscard]] base::byte_view packed() const noexcept { return base::bytes_of(packed_); }

private:
    class packer;

    std::string machine_;
    std::string bytes_;
    std::string hash_;
    std::mutex packing_;
    std::unique_ptr<packer> packer_;  // from the first slice to the last
    std::string packed_;
    bool is_packed_ = false;
};

}  // namespace tendril::remote
