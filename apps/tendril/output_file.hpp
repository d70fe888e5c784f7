#pragma once

/// @file
/// A large file written piece by piece that replaces another at once. Layer: apps. Spec: rename(2).

#include <tendril/base/error.hpp>
#include <tendril/base/unique_fd.hpp>

#include <string>
#include <string_view>

namespace tendril::app {

/// A file under a temporary name beside its final one: until commit() the old file is there, afterwards the
/// whole new one, with mode 0600. A path that is no regular file, and "-" for standard output, is written to.
///
/// Ownership: what was not committed is removed by the destructor.
class output_file {
public:
    /// Errors: the errno of the open.
    [[nodiscard]] static result<output_file> create(std::string path);

    output_file(output_file&& other) noexcept;
    output_file& operator=(output_file&&) = delete;
    ~output_file();

    /// Errors: the errno of write.
    [[nodiscard]] result<void> write(std::string_view bytes);

    /// Errors: the errno of rename.
    [[nodiscard]] result<void> commit();

private:
    output_file(base::unique_fd file, std::string path, std::string temporary) noexcept;

    base::unique_fd file_;
    std::string path_;
    std::string temporary_;  // empty when it is written to directly
};

}  // namespace tendril::app
