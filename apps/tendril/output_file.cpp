#include <tendril/base/file.hpp>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <apps/tendril/output_file.hpp>

namespace tendril::app {

output_file::output_file(base::unique_fd file, std::string path, std::string temporary) noexcept
    : file_(std::move(file)), path_(std::move(path)), temporary_(std::move(temporary))
{
}

output_file::output_file(output_file&& other) noexcept
    : file_(std::move(other.file_)), path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {}))
{
}

output_file::~output_file()
{
    if (!temporary_.empty())
        ::unlink(temporary_.c_str());
}

result<output_file> output_file::create(std::string path)
{
    struct stat old{};
    bool const is_device = path == "-" || (::stat(path.c_str(), &old) == 0 && !S_ISREG(old.st_mode));
    if (is_device) {
        auto const name = path == "-" ? std::string("/dev/stdout") : path;
        base::unique_fd file(path == "-" ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
                                         : ::open(path.c_str(), O_WRONLY | O_CLOEXEC));
        if (!file)
            return os_failure("write " + name);
        return output_file(std::move(file), name, {});
    }
    auto temporary = path + ".XXXXXX";
    base::unique_fd file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!file)
        return os_failure("create " + path);
    return output_file(std::move(file), std::move(path), std::move(temporary));
}

result<void> output_file::write(std::string_view bytes)
{
    return base::write_all(file_.get(), base::bytes_of(bytes), path_);
}

result<void> output_file::commit()
{
    if (temporary_.empty())
        return {};
    if (::rename(temporary_.c_str(), path_.c_str()) < 0)
        return os_failure("replace " + path_);
    temporary_.clear();
    return {};
}

}  // namespace tendril::app
