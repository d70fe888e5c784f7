#include <tendril/base/error.hpp>

#include <cerrno>
#include <utility>

#include <boost/system/system_category.hpp>

namespace tendril {

std::string error::message() const
{
    return "cannot " + attempt + ": " + code.message();
}

error_code last_os_error() noexcept
{
    return {errno, boost::system::system_category()};
}

std::unexpected<error> os_failure(std::string attempt)
{
    auto const code = last_os_error();
    return failure(code, std::move(attempt));
}

std::unexpected<error> failure(error_code code, std::string attempt)
{
    return std::unexpected(error{code, std::move(attempt)});
}

}  // namespace tendril
